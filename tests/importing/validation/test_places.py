"""Places that can't be meant are blank with a warning; others far away are warnings."""

import pytest

from tests.support.small_store import small_store
from tests.support.uploads import loaded, looked_at, problems, stored

SITES = "engagement_id,request_id,lead_partner_id,latitude,longitude\n"
PLACES = "agency_id,agency_name,state,latitude,longitude\n"
OFFICES = "partner_id,partner_name,base_latitude,base_longitude\n"


@pytest.fixture(scope="module")
def store():
    store = small_store()
    loaded(
        store, "agencies", "agency_id,agency_name,state\nGU1,Isle PD,GU\nAK1,Bay PD,AK\n"
    )
    yield store
    store.close()


FAULTS = [
    ("32.78", "96.80", "Add the minus sign"),
    ("32.78", "96.8 ", "Add the minus sign"),
    ("18.4", "66.1", "Add the minus sign"),
    ("-111.46", "36.91", "may be swapped"),
    ("-96.8", "32.78", "may be swapped"),
    ("96.8", "32.78", "may be swapped"),
    ("0", "0", "both 0"),
    ("0.0", "-0", "both 0"),
    ("48.85", "2.35", "Check latitude and longitude"),
    ("-33.87", "151.21", "Check latitude and longitude"),
    ("51.5", "-0.12", "Check latitude and longitude"),
]


@pytest.mark.parametrize(("latitude", "longitude", "said"), FAULTS)
@pytest.mark.parametrize(
    ("dataset", "text", "names"),
    [
        ("engagements", SITES + "N1,R1,P1,{},{}\n", ("latitude", "longitude")),
        ("agencies", PLACES + "N1,Elm PD,TX,{},{}\n", ("latitude", "longitude")),
        ("partners", OFFICES + "N1,Elm,{},{}\n", ("base_latitude", "base_longitude")),
    ],
)
def test_a_place_that_is_not_meant_is_blank(
    store, dataset, text, names, latitude, longitude, said
):
    looked = looked_at(store, dataset, text.format(latitude, longitude))
    assert problems(looked) == [
        (2, name, cell.strip(), "not_a_place", "warning")
        for name, cell in zip(names, (latitude, longitude), strict=True)
    ]
    assert looked.checked.problems.message.str.contains(said).all()
    (new,) = looked.checked.new[list(names)].isna().to_dict("records")
    assert all(new.values())


@pytest.mark.parametrize(
    ("request_id", "state", "latitude", "longitude", "is_far"),
    [
        ("N1", "TX", "32.78", "-96.80", False),
        ("N1", "TX", "36.0", "-95.9", False),
        ("N1", "TX", "40.7", "-74.0", True),
        ("N1", "TX", "61.2", "-149.9", True),
        ("N2", "GU", "13.45", "144.75", False),
        ("N2", "GU", "21.3", "-157.86", True),
        ("N3", "AK", "52.9", "173.2", False),
    ],
)
def test_a_site_far_from_its_agency_is_named(
    store, request_id, state, latitude, longitude, is_far
):
    agency = {"TX": "A1", "GU": "GU1", "AK": "AK1"}[state]
    head = "request_id,agency_id,received_on,topic_ids\n"
    loaded(store, "requests", f"{head}{request_id},{agency},2024-01-02,training\n")
    row = f"N1,{request_id},P1,{latitude},{longitude}\n"
    found = [
        problem[:4] for problem in problems(looked_at(store, "engagements", SITES + row))
    ]
    value = str(float(latitude))
    assert found == ([(2, "latitude", value, "unusual")] if is_far else [])


@pytest.mark.parametrize(
    ("latitude", "longitude", "column"),
    [
        ("north", "-96.8", "longitude"),
        ("32.78", "west", "latitude"),
        ("32.78", "-961", "latitude"),
    ],
)
def test_half_a_place_is_no_place(store, latitude, longitude, column):
    row = f"N1,R1,P1,{latitude},{longitude}\n"
    looked = looked_at(store, "engagements", SITES + row)
    rules = {name: rule for _, name, _, rule, _ in problems(looked)}
    assert rules[column] == "not_a_place"
    assert len(rules) == 2
    assert looked.checked.new[["latitude", "longitude"]].isna().all(axis=None)


def test_a_faulty_place_keeps_the_stored_one():
    store = small_store()
    loaded(store, "agencies", PLACES + "N1,Elm PD,TX,32.78,-96.80\n")
    loaded(store, "agencies", PLACES + "N1,Elm PD,TX,40.1,96.80\n")
    kept = stored(store, "agencies", "N1")
    assert (kept["latitude"], kept["longitude"]) == (32.78, -96.8)
    store.close()


@pytest.mark.parametrize(
    ("state", "zip_code", "is_elsewhere"),
    [
        ("TX", "75201", False),
        ("TX", "10001", True),
        ("TX", "04101", True),
        ("ME", "4101", False),
        ("PR", "00901", False),
        ("OH", "75201-1234", True),
        ("TX", "", False),
    ],
)
def test_a_zip_of_another_state_is_named(store, state, zip_code, is_elsewhere):
    text = f"agency_id,agency_name,state,zip\nN1,Elm PD,{state},{zip_code}\n"
    looked = looked_at(store, "agencies", text)
    found = [(row, name, rule) for row, name, _, rule, _ in problems(looked)]
    assert found == ([(2, "zip", "unusual")] if is_elsewhere else [])
