"""A redaction is whole or has not been, while others upload, and when it is killed."""

import gzip
import threading
import time
from pathlib import Path

import pytest

from cri_data.checks.store import findings
from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.commit.undo import undo
from cri_data.model.datasets import DATASETS
from cri_data.reading import ReadOptions
from cri_data.redaction.file_rows import Wanted
from cri_data.redaction.redact import RedactionError, redact
from cri_data.redaction.stored_files import may_tell
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from tests.redaction.test_redact import HEAD, TEXT, tables_with
from tests.support.other_process import other_process
from tests.support.stores import copied, prepared
from tests.support.uploads import AGENCIES, loaded

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
FILES = 12
EVERYWHERE = {"requests", "changes", "upload_files"}


def with_many_files(path: Path | None = None) -> Store:
    """R1's text in the first and the last of many files, each with others' rows."""
    return copied(prepared("many files", load_many_files), path)


def load_many_files(store: Store) -> None:
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    for number in range(FILES):
        rows = "".join(f"Q{number}-{n},A1,2024-01-31,tribal,row {n}\n" for n in range(2000))
        own = f"R1,A1,2024-01-31,training,{TEXT}\n" if number in (0, FILES - 1) else ""
        loaded(store, "requests", HEAD + own + rows)


@pytest.mark.parametrize("moment", [0.02, 0.1, 0.2, 0.3, 0.45, 0.6, None])
def test_a_kill_leaves_the_text_everywhere_or_nowhere(tmp_path: Path, moment: float | None):
    """Killed some moments after it began; without one, once it is done."""
    path = tmp_path / "cri.duckdb"
    with_many_files(path).close()
    with other_process("ready", "-m", "tests.support.redact_once", path) as process:
        if moment is None:
            is_done = process.stdout.readline() == "done\n"
            assert is_done
        else:
            time.sleep(moment)
            process.kill()
            is_done = "done" in process.stdout.read()
    store = open_store(path)
    with store.cursor() as cursor:
        entries = cursor.execute(
            "select count(*) from audit where action = 'redacted'"
        ).fetchone()[0]
    assert tables_with(store, TEXT) == (set() if entries else EVERYWHERE)
    assert entries or not is_done
    assert findings(store) == []
    if not entries:
        redact(store, "requests", "R1", "a test")
    assert tables_with(store, TEXT) == set()
    for number in range(FILES):
        kept = kept_file(store, f"U-{number + 2:06d}").content.decode("utf-8-sig")
        assert kept.count(f"Q{number}-") == 2000
    store.close()


def test_uploads_go_on_while_the_files_are_looked_through():
    store = with_many_files(None)
    end, during, errors = threading.Event(), [], []

    def upload() -> None:
        for number in range(10_000):
            if end.is_set():
                return
            try:
                loaded(store, "agencies", AGENCIES + f"Z{number},Zed,TX\n")
            except Exception as error:
                errors.append(error)
            during.append(store.redacting.locked())

    uploading = threading.Thread(target=upload)
    uploading.start()
    redact(store, "requests", "R1", "a test")
    end.set()
    uploading.join()
    assert errors == []
    assert True in during
    assert tables_with(store, TEXT) == set()
    assert findings(store) == []
    store.close()


def test_a_text_that_comes_while_others_are_looked_for_goes_too():
    """The same record, uploaded, undone and redacted by several at once."""
    store = with_many_files(None)
    entries: list[object] = []

    def redacting() -> None:
        try:
            entries.append(redact(store, "requests", "R1", "one of two"))
        except RedactionError as error:
            entries.append(error)

    threads = [threading.Thread(target=redacting) for _ in range(2)]
    for thread in threads:
        thread.start()
    loaded(store, "requests", f"{HEAD}R1,A1,2024-01-31,training,{TEXT} and more\n")
    undo(store, f"U-{FILES + 2:06d}", "another")
    for thread in threads:
        thread.join()
    # What came after both were done is a new upload, and redacted again.
    if tables_with(store, TEXT):
        redact(store, "requests", "R1", "a test")
    assert tables_with(store, TEXT) == set()
    assert findings(store) == []
    store.close()


def wanted(*texts: str) -> Wanted:
    return Wanted(DATASETS["requests"], frozenset(["R-1"]), frozenset(texts))


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "cp1252", "mac-roman", "utf-16", "utf-32", "utf-32-be", "cp1140", "gb18030"],
)
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"Ask ""Joe"" Dé, now"', 'Ask "Joe" Dé, now'),
        ("'=SUM(1)", "=SUM(1)"),
        ('"two\r\nlines"', "two\nlines"),
        ("éü", "éü"),
    ],
)
def test_no_file_that_may_hold_it_is_passed_over(encoding: str, cell: str, text: str):
    content = f"a,{cell},b\n".encode(encoding)
    # Where it was written down how the file was read, and where it was not.
    assert may_tell(content, wanted(text), ReadOptions(encoding))
    assert may_tell(content, wanted(text), None)


def test_files_that_hold_nothing_of_it_are_not_read():
    other = b"request_id,summary\nQ1,something else\n"
    assert not may_tell(other, wanted("Joe Doe"), None)
    assert not may_tell(other, wanted("Joe Doe"), ReadOptions("utf-8"))
    assert may_tell(other.replace(b"Q1", b"R-1"), wanted("Joe Doe"), None)
    # In these a letter can be written in several ways.
    assert may_tell(other, wanted("Joe Doe"), ReadOptions("utf-7"))
    assert may_tell(gzip.compress(b"x") + b"PK", wanted(*map(str, range(99))), None)
