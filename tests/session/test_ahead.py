"""Questions asked ahead: those of the page's last run, once each, for who looks now."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.model.filters import Filters
from cri_data.model.roles import STAFF, Viewer
from cri_data.store.store import Store
from cri_ui.session.ahead import Ahead, Run

EVERYTHING, WEST = Filters(), Filters(regions=("West",))
LAST = Run(
    "demand", STAFF, EVERYTHING, [("first", {}), ("second", {"n": 1}), ("third", {})]
)


@pytest.mark.parametrize(
    ("run", "names"),
    [
        (Run("demand", STAFF, WEST), ["third", "second"]),
        (Run("demand", STAFF, EVERYTHING), []),
        (Run("reach", STAFF, WEST), []),
        (Run("demand", Viewer("partner", "P"), WEST), []),
    ],
    ids=["new filters", "the same filters", "another page", "another viewer"],
)
def test_only_what_new_filters_change_is_asked_ahead(run: Run, names: list[str]) -> None:
    assert [name for name, _ in run.ahead_of(LAST)] == names
    assert run.ahead_of(None) == ()


def test_nothing_is_asked_ahead_once_the_run_is_over() -> None:
    ahead, asked = Ahead(), []
    run = replace(LAST, is_over=False)

    def question() -> None:
        asked.append(threading.current_thread().name)
        run.is_over = True
        raise ValueError("left to the page")

    ahead.ask(run, [question, question])
    ahead.ask(replace(LAST, is_over=False), [lambda: asked.append("another run")])
    ahead._thread.submit(lambda: None).result()
    assert asked == ["ahead_0", "another run"]
    ahead.stop()


def test_the_page_and_the_thread_ask_each_question_once(
    app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = app("pages/dashboards/demand.py")
    asked: Counter[str] = Counter()
    threads: set[str] = set()
    ask = Store.ask

    def noted(store: Store, name: str, *given: object, **values: object) -> object:
        asked[name] += 1
        threads.add(threading.current_thread().name)
        return ask(store, name, *given, **values)

    monkeypatch.setattr(Store, "ask", noted)
    (regions,) = (one for one in opened.multiselect if one.label == "Regions")
    regions.set_value(["West"]).run()
    assert not opened.exception
    assert set(asked.values()) == {1}
    assert len(asked) > 5
    assert "ahead_0" in threads
    assert len(threads) == 2
