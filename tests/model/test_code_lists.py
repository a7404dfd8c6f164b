"""How other systems write our codes, and that the store reads them alike."""

import pytest

from cri_data.model import code_lists
from cri_data.model.code_lists import AGENCY_TYPES, REQUEST_STATUSES, STATES, Codes, plain
from cri_data.model.datasets import DATASETS
from cri_data.store.store import Store
from tests.support.stores import new_store

CODED = {
    f"{dataset.name}.{column.name}": column.codes
    for dataset in DATASETS.values()
    for column in dataset.columns
    if column.codes
}


@pytest.fixture(scope="module")
def store():
    store = new_store()
    yield store
    store.close()


def read(store: Store, text: str, of: Codes) -> str | None:
    return read_all(store, [text], of)[0]


def read_all(store: Store, texts: list[str], of: Codes) -> list[str | None]:
    values = {
        "texts": texts,
        "codes": list(of.values),
        "aliases": list(of.aliases),
        "alias_codes": list(of.aliases.values()),
    }
    with store.cursor() as cursor:
        return cursor.execute(
            "select list_transform($texts, "
            "lambda text: cell_code(text, $codes, $aliases, $alias_codes))",
            values,
        ).fetchone()[0]


@pytest.mark.long
@pytest.mark.parametrize("of", CODED.values(), ids=CODED)
def test_each_code_label_and_alias_is_read(store: Store, of: Codes):
    meant = {
        text: code
        for code, label in of.labels.items()
        for text in (code, label, label.upper())
    }
    assert all(meant.setdefault(alias, code) == code for alias, code in of.aliases.items())
    assert set(of.aliases.values()) <= of.labels.keys()
    assert dict(zip(meant, read_all(store, list(meant), of), strict=True)) == meant


@pytest.mark.parametrize(
    ("text", "of", "code"),
    [
        ("Texas", STATES, "TX"),
        ("texas ", STATES, "TX"),
        ("tx", STATES, "TX"),
        ("NB", STATES, "NE"),
        ("GM", STATES, "GU"),
        ("Washington, D.C.", STATES, "DC"),
        ("Washington", STATES, "WA"),
        ("U.S. Virgin Islands", STATES, "VI"),
        ("ZZ", STATES, None),
        ("T.X.", STATES, "TX"),
        ("TXX", STATES, None),
        ("City", AGENCY_TYPES, "municipal"),
        ("Sheriff’s Office", AGENCY_TYPES, "sheriff"),
        ("SHERIFF'S", AGENCY_TYPES, "sheriff"),
        ("County", AGENCY_TYPES, "county"),
        ("Tribal", AGENCY_TYPES, "tribal"),
        ("University or College", AGENCY_TYPES, "campus"),
        ("police", AGENCY_TYPES, None),
        ("In-Progress", REQUEST_STATUSES, "in_delivery"),
        ("UNDER REVIEW", REQUEST_STATUSES, "under_review"),
        ("open", REQUEST_STATUSES, None),
    ],
)
def test_what_others_write(store: Store, text: str, of: Codes, code: str | None):
    assert read(store, text, of) == code


@pytest.mark.parametrize(
    "text",
    [
        "Sheriff's Office",
        "SHERIFF’S  DEPT.",
        "U.S. Virgin Islands",
        "São Tomé / Príncipe",
        "a_b-c",
        "...",
        "",
        "№ 5",
        "x²",
        "DŽ ǆ",
    ],
)
def test_python_and_the_store_compare_alike(store: Store, text: str):
    with store.cursor() as cursor:
        cell_plain = cursor.execute("select cell_plain($text)", {"text": text}).fetchone()
    assert cell_plain[0] == plain(text)


def test_there_are_50_states_dc_and_5_territories(store: Store):
    assert len(STATES.values) == 56
    assert len({"AS", "DC", "GU", "MP", "PR", "VI"} & set(STATES.values)) == 6
    with store.cursor() as cursor:
        census = cursor.execute("select state, state_name from states").fetchall()
    assert dict(census) == STATES.labels


def test_an_alias_never_means_two_codes():
    for of in CODED.values():
        for code, label in of.labels.items():
            assert of.aliases[plain(code)] == of.aliases[plain(label)] == code


def test_aliases_come_from_what_is_given():
    made = code_lists.codes({"a_b": "Label"}, {"Other-Name": "a_b"})
    assert made.aliases == {"a b": "a_b", "label": "a_b", "other name": "a_b"}
