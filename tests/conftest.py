"""What tests of pages share: a demonstration on disk and an app that opens on it."""

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from cri_ui.session import services
from cri_ui.session.services import Services
from tests.support.few_collections import use_few_collections
from tests.support.in_memory import use_memory
from tests.support.one_thread import use_one_thread
from tests.support.stores import demonstration_file, new_store, share_folder

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files in memory, one thread each, and prepared stores that all share."""
    use_memory()
    use_one_thread()
    # AppTest looks through all installed packages for components at each run of a page:
    # two thirds of what a run takes. No test installs a package.
    manifest_scanner.scan_component_manifests = functools.cache(
        manifest_scanner.scan_component_manifests
    )
    if folder := share_folder():
        config.add_cleanup(lambda: shutil.rmtree(folder))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage comes from the fast tests alone: it makes a test twice as slow."""
    for item in items:
        if any(map(item.get_closest_marker, ("long", "slow", "server"))):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """What all tests share is here now."""
    use_few_collections()


@pytest.fixture(scope="session")
def demonstration_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with 400 invented requests, closed."""
    path = tmp_path_factory.mktemp("pages") / "cri.duckdb"
    return Path(shutil.copy(demonstration_file(400), path))


@pytest.fixture
def app(
    demonstration_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., AppTest]]:
    """Open the app as a role, on a page, with parameters in its address.

    `tables` opens the table under each figure.
    """
    yield from _apps(demonstration_path, monkeypatch)


@pytest.fixture
def empty_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., AppTest]]:
    """The same on an empty store."""
    new_store(tmp_path / "cri.duckdb").close()
    yield from _apps(tmp_path / "cri.duckdb", monkeypatch)


def _apps(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    monkeypatch.setenv("CRI_STORE", str(path))
    monkeypatch.setenv("CRI_BACKUP_DIR", str(path.parent / "backups"))
    begun = Services()
    services.provide(begun)

    def opened(
        page: str,
        role: str = "staff",
        partner: str = "",
        tables: bool = False,
        **params: object,
    ) -> AppTest:
        test = AppTest.from_file(str(ROOT / "cri_ui" / "main.py"), default_timeout=60)
        test.session_state["view_as"] = role
        if partner:
            test.session_state["view_as_partner"] = partner
        for name, value in params.items():
            test.query_params[name] = value
        # As a cold link does: no other page is drawn before.
        test.switch_page(str(ROOT / page)).run()
        # ValueError where the menu has no such page for the role.
        test.switch_page(str(ROOT / page))
        return with_tables_open(test) if tables else test

    yield opened
    services.provide(None)
    begun.stop()


def with_tables_open(test: AppTest) -> AppTest:
    """Open "Table and download" under every figure, as a click on it does."""
    for expander in test.expander:
        if expander.label == "Table and download":
            *_, key = expander.proto.id.split("-", 2)
            test.session_state[key] = True
    return test.run()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly, at the very end, what was passed over for want of a program."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {report.longrepr[2] for report in skipped}
    for reason in sorted(reason for reason in reasons if ": No " in reason):
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        terminalreporter.write_line(reason.removeprefix("Skipped: "), red=True, bold=True)
