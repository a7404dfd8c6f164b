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


@pytest.mark.long
@pytest.mark.parametrize(
    ("dataset", "head", "row", "names"),
    [
        ("engagements", SITES, "N{},R1,P1,{},{}\n", ("latitude", "longitude")),
        ("agencies", PLACES, "N{},Elm PD,TX,{},{}\n", ("latitude", "longitude")),
        ("partners", OFFICES, "N{},Elm,{},{}\n", ("base_latitude", "base_longitude")),
    ],
)
def test_a_place_that_is_not_meant_is_blank(store, dataset, head, row, names):
    rows = [row.format(n, *place[:2]) for n, place in enumerate(FAULTS)]
    looked = looked_at(store, dataset, head + "".join(rows))
    assert sorted(problems(looked)) == sorted(
        (n, name, cell.strip(), "not_a_place", "warning")
        for n, place in enumerate(FAULTS, 2)
        for name, cell in zip(names, place[:2], strict=True)
    )
    listed = looked.checked.problems
    for n, (_, _, said) in enumerate(FAULTS, 2):
        assert listed.message[listed.row == n].str.contains(said).all()
    assert looked.checked.new[list(names)].isna().all(axis=None)


def test_a_site_far_from_its_agency_is_named(store):
    sites = [
        ("A1", "32.78", "-96.80", False),
        ("A1", "36.0", "-95.9", False),
        ("A1", "40.7", "-74.0", True),
        ("A1", "61.2", "-149.9", True),
        ("GU1", "13.45", "144.75", False),
        ("GU1", "21.3", "-157.86", True),
        ("AK1", "52.9", "173.2", False),
    ]
    head = "request_id,agency_id,received_on,topic_ids\n"
    rows = [f"N{n},{site[0]},2024-01-02,training\n" for n, site in enumerate(sites)]
    loaded(store, "requests", head + "".join(rows))
    rows = [f"N{n},N{n},P1,{site[1]},{site[2]}\n" for n, site in enumerate(sites)]
    found = problems(looked_at(store, "engagements", SITES + "".join(rows)))
    assert [problem[:4] for problem in found] == [
        (row, "latitude", str(float(latitude)), "unusual")
        for row, (_, latitude, _, is_far) in enumerate(sites, 2)
        if is_far
    ]


def test_half_a_place_is_no_place(store):
    halves = [
        ("north", "-96.8", "longitude"),
        ("32.78", "west", "latitude"),
        ("32.78", "-961", "latitude"),
    ]
    rows = [f"N{n},R1,P1,{half[0]},{half[1]}\n" for n, half in enumerate(halves)]
    looked = looked_at(store, "engagements", SITES + "".join(rows))
    found = problems(looked)
    for row, (_, _, column) in enumerate(halves, 2):
        rules = {name: rule for at, name, _, rule, _ in found if at == row}
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


def test_a_zip_of_another_state_is_named(store):
    zips = [
        ("TX", "75201", False),
        ("TX", "10001", True),
        ("TX", "04101", True),
        ("ME", "4101", False),
        ("PR", "00901", False),
        ("OH", "75201-1234", True),
        ("TX", "", False),
        # Of one that is not listed, the first three digits count.
        ("TX", "7520", True),
        ("NJ", "7520", False),
    ]
    rows = [f"N{n},Elm PD,{state},{code}\n" for n, (state, code, _) in enumerate(zips)]
    head = "agency_id,agency_name,state,zip\n"
    found = problems(looked_at(store, "agencies", head + "".join(rows)))
    assert [(row, name, rule) for row, name, _, rule, _ in found] == [
        (row, "zip", "unusual") for row, of in enumerate(zips, 2) if of[2]
    ]


def test_zips_that_stand_for_an_unknown_one_are_named(store):
    zips = ["00000", "0000", "000", "99999", "00000-0000", "99999-9999"]
    rows = [f"N{n},Elm PD,TX,{code}\n" for n, code in enumerate(zips)]
    found = problems(
        looked_at(store, "agencies", "agency_id,agency_name,state,zip\n" + "".join(rows))
    )
    assert [(row, value, rule) for row, _, value, rule, _ in found] == [
        (row, code, "not_a_zip") for row, code in enumerate(zips, 2)
    ]
