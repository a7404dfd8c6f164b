"""Text that means something to SQL, a browser or a spreadsheet is stored as text."""

import csv
import io
from pathlib import Path

import pytest

from cri_data.checks.store import findings
from cri_data.export.dataset_csv import counted_dataset_csv, export
from cri_data.export.formula_guard import guarded
from cri_data.model.datasets import DATASETS
from cri_data.model.problem_rules import Severity
from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import contents, counts, loaded, looked_at, stored

FORMULAS = [
    '=HYPERLINK("http://x")',
    "=1+1",
    "+1",
    "-1+2",
    "-5",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "=first\nsecond",
    "=first\r\nsecond",
]
OTHERS = [
    "<script>alert(1)</script>",
    "'; drop table requests; --",
    '"; drop table requests; --',
    "{curly} {0} %s $1 \\1",
    "$math$ and $$more$$",
    "[link](http://x)",
    "![image](http://x/y.png)",
    ":material/bolt: :red[red]",
    "\u202eright to left\u202c",
    "שלום עולם",
    "🚓👮\u200d♀️ e\u0301",
    "x" * 10_000,
    "one\ntwo\n\nfour",
    "one\rtwo",
    'a "quoted" word',
    '""',
    "a;b,c|d\te",
    "back\\slash\\",
    "\u0085next line\u2028",
]
APOSTROPHES = ["'", "''", "'Aina", "'=1", "''=1", "'''", "'-5", "'@x\ny", "' =1", "it's"]
TEXTS = [*FORMULAS, *OTHERS, *APOSTROPHES]
# What a spreadsheet takes for a formula, or what hides one.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def written(texts: list[str], guard: str = "") -> str:
    """A file of agencies with these names, Z0 and so on."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(["agency_id", "agency_name", "state"])
    writer.writerows([f"Z{n}", guard + text, "TX"] for n, text in enumerate(texts))
    return file.getvalue()


def as_typed(text: str) -> str:
    """What the program takes a cell without a guard for: no white space around it."""
    return text.strip()


def names(store: Store) -> list[str]:
    """The names of the agencies, in the order of the file."""
    by_id = {row[0]: row[1] for row in contents(store)["agencies"]}
    return [by_id[f"Z{n}"] for n in range(len(by_id))]


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def store():
    """Every text as the name of an agency; written there, not loaded."""
    store = new_store()
    with store.writing() as cursor:
        cursor.executemany(
            "insert into agencies (agency_id, agency_name, state) values (?, ?, 'TX')",
            [(f"Z{n}", as_typed(text)) for n, text in enumerate(TEXTS)],
        )
    yield store
    store.close()


@pytest.fixture
def empty():
    store = new_store()
    yield store
    store.close()


def test_text_is_stored_as_it_is_typed(empty):
    texts = [text for text in TEXTS if text not in APOSTROPHES]
    loading = loaded(empty, "agencies", written(texts))
    assert counts(loading) == (len(texts), len(texts), 0, 0, 0, 0)
    assert names(empty) == [as_typed(text) for text in texts]
    assert empty.rows("store/holds_rows") == [(True,)]


def test_a_guard_is_taken_off_once(empty):
    texts = [*FORMULAS, *(text for text in APOSTROPHES if text.startswith("'"))]
    loaded(empty, "agencies", written(texts, guard="'"))
    assert names(empty) == texts


# What a cell that may be guarded is taken for.
TAKEN_FOR = {
    "'Aina": "'Aina",
    "'": "'",
    "'=1": "=1",
    "''=1": "'=1",
    " '=1 ": "=1",
    "\t=1": "=1",
    "'\t=1": "=1",
    "'\r=1\n": "=1",
    "'-5": "-5",
    "'=a\nb": "=a\nb",
    "\xa0=1\u3000": "=1",
}


def test_what_a_cell_that_may_be_guarded_is_taken_for(store):
    new = looked_at(store, "agencies", written([*TAKEN_FOR]).replace("Z", "Y")).checked.new
    stored_as = dict(zip(new.agency_id, new.agency_name, strict=True))
    assert {cell: stored_as[f"Y{n}"] for n, cell in enumerate(TAKEN_FOR)} == TAKEN_FOR


def test_numbers_lists_and_ids_are_guarded_too(empty):
    loaded(
        empty,
        "partners",
        "partner_id,partner_name,base_longitude,topic_ids\n"
        "'=P,Partner,'-97.5,training;tribal\n",
    )
    partner = stored(empty, "partners", "=P")
    assert (partner["base_longitude"], partner["topic_ids"]) == (
        *(-97.5, ["training", "tribal"]),
    )
    (row,) = cells(counted_dataset_csv(empty, DATASETS["partners"])[0])
    assert (row["partner_id"], row["base_longitude"]) == ("'=P", "'-97.5")


# Out and in again


def test_export_is_exact_and_load_takes_it_back(store, empty, tmp_path: Path):
    export(store, tmp_path)
    content = (tmp_path / "agencies.csv").read_bytes()
    exported = {row["agency_id"]: row["agency_name"] for row in cells(content)}
    for n, text in enumerate(TEXTS):
        # Only what looks guarded already gets an apostrophe, to lose it again.
        looks_guarded = text[:1] == "'" and text[1:].startswith((*DANGEROUS, "'"))
        assert exported[f"Z{n}"] == ("'" if looks_guarded else "") + as_typed(text)
    assert counts(loaded(empty, "agencies", content))[1] == len(TEXTS)
    assert contents(empty)["agencies"] == contents(store)["agencies"]
    export(empty, tmp_path / "again")
    assert (tmp_path / "again" / "agencies.csv").read_bytes() == content


def test_dataset_csv_is_guarded_and_load_takes_it_back(store, empty):
    content = counted_dataset_csv(store, DATASETS["agencies"])[0]
    for row in cells(content):
        assert not row["agency_name"].startswith(DANGEROUS)
    assert counts(loaded(empty, "agencies", content))[1] == len(TEXTS)
    assert contents(empty)["agencies"] == contents(store)["agencies"]
    assert counts(loaded(empty, "agencies", content))[3] == len(TEXTS)


@pytest.mark.long
@pytest.mark.parametrize("guard", ["", "'"], ids=["as typed", "guarded"])
def test_rejected_rows_are_guarded_and_load_takes_them_back(empty, guard: str):
    texts = FORMULAS if guard else TEXTS
    file = written(texts, guard)
    rejected = looked_at(empty, "agencies", file.replace('"TX"', '"Mars"'))
    assert set(rejected.checked.problems.severity) == {Severity.ERROR}
    for row in cells(rejected.rejects):
        assert not row["agency_name"].startswith(DANGEROUS)
        assert row["problems"].startswith("state: Not a valid state.")
    corrected = rejected.rejects.replace(b"Mars", b"TX")
    loading = loaded(empty, "agencies", corrected)
    assert loading.prepared.matching.left_out == ()
    loaded_from_rejects = contents(empty)["agencies"]
    direct = new_store()
    loaded(direct, "agencies", file)
    assert loaded_from_rejects == contents(direct)["agencies"]
    assert len(loaded_from_rejects) == len(texts)
    direct.close()


def test_rejected_rows_keep_their_headings_and_row_numbers(store):
    text = (
        "row;=Chief;agency_id;agency_name;state;problems\n"
        "7;+Ann;Y;Wye;Mars;old\n8;Bo;X;Ex;TX;\n\n9;-Cy;W;Double;U;\n"
    )
    rejects = looked_at(store, "agencies", text).rejects
    assert rejects.startswith(b"\xef\xbb\xbf'=Chief,agency_id,agency_name,state,row,")
    assert [(row["'=Chief"], row["row"]) for row in cells(rejects)] == [
        *(("'+Ann", "2"), ("'-Cy", "5"))
    ]


# As ids


def as_an_id(text: str) -> str | None:
    """What a person sees of it: nothing invisible, and no apostrophes in front.

    None where that is no ID.
    """
    seen = "".join(c for c in text if c not in "\u202e\u202c\u200d\ufe0f").strip()
    if "'" not in seen.lstrip("'"):
        seen = seen.lstrip("'").strip()
    return seen if seen and not any(c in seen for c in ";\n\r\t") else None


# Two that look the same would be one record.
IDS = {as_an_id(text): text for text in reversed(TEXTS)}


@pytest.fixture(scope="module")
def with_ids():
    """A store whose agencies have the texts as ids, and what each is stored as."""
    store = new_store()
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(["agency_id", "agency_name", "state"])
    texts = [*IDS.values(), *(text for text in TEXTS if as_an_id(text) is None)]
    writer.writerows([guarded(text), str(n), "TX"] for n, text in enumerate(texts))
    loaded(store, "agencies", file.getvalue())
    ids = {texts[int(row[1])]: row[0] for row in contents(store)["agencies"]}
    yield store, ids
    store.close()


@pytest.mark.long
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_as_an_id_it_is_refused_or_found_again(with_ids, text: str):
    store, ids = with_ids
    expected = as_an_id(text)
    assert ids.get(IDS[expected] if expected else text) == expected
    assert findings(store) == []
