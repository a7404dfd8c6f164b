"""Rejected rows as a file: nothing is lost, and it can be corrected and loaded again."""

import csv
import io

import pytest

from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import AGENCIES, counts, loaded, looked_at, problems, stored

HEAD = "request_id,agency_id,received_on,topic_ids,summary"
GOOD = "R1,A1,2024-01-31,training,Help with a\n"


@pytest.fixture
def store():
    opened = new_store()
    loaded(opened, "agencies", AGENCIES + "A1,Elm PD,TX\n")
    yield opened
    opened.close()


def rejected(store: Store, text: str) -> list[list[str]]:
    """The cells of the only rejected row, without row and problems."""
    looked = looked_at(store, "requests", text)
    (_, *rows) = csv.reader(io.StringIO(looked.rejects.decode("utf-8-sig")))
    return [row[:-2] for row in rows]


@pytest.mark.long
@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
def test_text_that_holds_the_separator_comes_back_whole_and_loads(store, separator: str):
    row = f"R2,A1,2024-02-01,training,Help with a{separator} b{separator} and c\n"
    text = (HEAD + "\n" + GOOD).replace(",", separator)
    looked = looked_at(store, "requests", text + row.replace(",", separator))
    assert [problem[3] for problem in problems(looked)] == ["too_many_cells"]
    assert counts(loaded(store, "requests", looked.rejects))[1] == 1
    summary = f"Help with a{separator} b{separator} and c"
    assert stored(store, "requests", "R2")["summary"] == summary


BROKEN = {
    "a list with the separator": (
        f"{HEAD}\n{GOOD}R2,A1,2024-02-01,training,web,x,\n",
        "R2|A1|2024-02-01|training|web,x",
    ),
    "cells under no heading": (
        f"{HEAD}\n{GOOD.strip()},\n{GOOD.strip()},\nR2,A1,2024-02-01,training,a,b\n",
        "R2|A1|2024-02-01|training|a,b|",
    ),
    # Its own two columns are no place to keep anything.
    "a file of rejected rows once more": (
        f"{HEAD},row,problems\n{GOOD.strip()},2,old\nR2,A1,2024-02-01,training,a,b,3,old\n",
        "R2|A1|2024-02-01|training|a,b,3,old",
    ),
    "too few": (f"{HEAD}\n{GOOD}R2,A1\n", "R2|A1|||"),
}


@pytest.mark.long
@pytest.mark.parametrize(("text", "cells"), BROKEN.values(), ids=BROKEN)
def test_no_cell_of_a_broken_row_is_lost(store, text: str, cells: str):
    assert rejected(store, text) == [cells.split("|")]
