"""A suggestion is right or silent: typing errors, never opposites or other short codes."""

import pytest

from cri_data.importing.service import likely_recipe
from cri_data.importing.validation.did_you_mean import known_values, likely_meaning
from cri_data.model.code_lists import STATES, plain
from cri_data.model.datasets import DATASETS
from tests.support.small_store import small_store
from tests.support.uploads import looked_at, problems


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def likely(store, column: str, text: str) -> str | None:
    dataset, _, name = column.partition(".")
    with store.cursor() as cursor:
        return likely_meaning(text, known_values(cursor, DATASETS[dataset].column(name)))


OPPOSITES = {
    "requests.status": (
        *("Incomplete", "Not accepted", "Unassigned", "Disapproved", "Not completed"),
        *("Not approved", "Uncompleted", "Undeclined", "Nonaccepted", "Not in delivery"),
        *("Reassigned", "Excepted", "Not yet received", "Unreceived", "Competed"),
    ),
    "engagements.status": (
        "Inactive",
        "Unplanned",
        "Not active",
        "Not cancelled",
        "Undone",
    ),
    "engagements.delivery_mode": (
        *("Off-site", "Off-site consultation", "Offsite consultation", "Out of person"),
        *("Off line training", "Not in person", "Non-virtual coaching"),
    ),
    "partners.selection_status": ("Unselected", "Deselected", "Elected", "Misapplied"),
    "agencies.agency_type": ("Country", "Trial", "Non-tribal", "Off-campus", "Interstate"),
    "agencies.state": (
        *("Flo.", "Txs", "Carolina", "Dakota", "Lowa", "Columbia", "Iran", "Kansas City"),
        *("New", "Virgin", "Oho", "Islands", "NX", "Mars", "New England"),
    ),
    "engagements.topic_id": ("gang violence", "non-tribal", "training and tribal"),
}


@pytest.mark.parametrize(
    ("column", "text"),
    [(column, text) for column, texts in OPPOSITES.items() for text in texts],
)
def test_what_may_mean_another_value_has_no_suggestion(store, column: str, text: str):
    assert likely(store, column, text) is None


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("requests.status", "Complted", "completed"),
        ("requests.status", "Recieved", "received"),
        ("requests.status", "In Delivry", "in_delivery"),
        ("requests.status", "withdrawnn", "withdrawn"),
        ("engagements.status", "Canceledd", "cancelled"),
        ("engagements.delivery_mode", "On-site consultaton", "on_site_consultation"),
        ("partners.selection_status", "Not selectd", "not_selected"),
        ("agencies.agency_type", "Munincipal", "municipal"),
        ("agencies.agency_type", "Sherif's Office", "sheriff"),
        ("agencies.state", "Texass", "TX"),
        ("agencies.state", "Missisippi", "MS"),
        ("agencies.state", "West Virgina", "WV"),
        ("agencies.state", "North Carolna", "NC"),
        ("engagements.topic_id", "gun violance", "gun-violence"),
    ],
)
def test_a_typing_error_is_suggested(store, column: str, text: str, meant: str):
    assert likely(store, column, text) == meant


STATES_WRITTEN = {
    "FL": "Fla.",
    "IN": "Ind.",
    "WV": "W. Virginia",
    "CA": "Calif.",
    "TX": "Tex.",
    "PR": "P.R.",
    "NH": "N.H.",
    "NM": "N. Mex.",
    "ND": "N. Dak.",
    "DC": "Wash., D.C.",
    "MS": "Miss.",
    "NE": "Nebr.",
    "OK": "Okla.",
    "PA": "Penna.",
    "VI": "USVI",
    "MP": "CNMI",
    "AS": "Amer. Samoa",
    "OR": "Oreg.",
    "TN": "State of Tennessee",
    "ME": "Me.",
}


def test_states_as_newspapers_and_older_lists_write_them(store):
    rows = [f'Z{n},Zed,"{text}"\n' for n, text in enumerate(STATES_WRITTEN.values())]
    looked = looked_at(store, "agencies", "agency_id,agency_name,state\n" + "".join(rows))
    assert problems(looked) == []
    assert looked.checked.new.state.to_list() == list(STATES_WRITTEN)


def test_no_writing_of_a_state_means_another_one():
    postal = {plain(code): code for code in STATES.values}
    assert postal.items() <= STATES.aliases.items()


def test_opposites_are_never_taken(store):
    opposites = OPPOSITES["requests.status"]
    rows = [f"Z{n},A1,2024-01-02,{status},training\n" for n, status in enumerate(opposites)]
    head = "request_id,agency_id,received_on,status,topic_ids\n"
    looked = looked_at(store, "requests", head + "".join(rows))
    assert problems(looked) == [
        (row, "status", status, "unknown_code", "warning")
        for row, status in enumerate(opposites, 2)
    ]
    assert not looked.checked.problems.message.str.contains("Did you mean").any()
    assert likely_recipe(store, looked).values == {}


@pytest.mark.parametrize(
    "text", ["Completed?", "completed ?", "Closed?", "?completed", "In delivery??"]
)
def test_a_doubt_is_no_code(store, text):
    looked = looked_at(
        store,
        "requests",
        f"request_id,agency_id,received_on,topic_ids,status\nN1,A1,2024-01-02,training,{text}\n",
    )
    assert (2, "status", text, "unknown_code", "warning") in problems(looked)
