"""Two headings that may hold the ID of agencies: a system's number, and the ORI."""

import pytest

from cri_data.importing.mapping.read_dataset import match_dataset
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import AGENCIES, DATASETS
from cri_data.reading import read_file


def matched(headings: str, *rows: str, recipe: Recipe | None = None, dataset="agencies"):
    content = "\n".join([headings, *rows, ""]).encode()
    file = read_file("x.csv", content)
    return file.headings, match_dataset(file, DATASETS[dataset], recipe or Recipe())


@pytest.mark.parametrize(
    ("headings", "first", "second", "used"),
    [
        ("agency_id,ori", "20417,TX9990100", "20418,TX9990200", "ori"),
        ("Agency ID,ORI9", "A-17,TX9990100", "A-18,TX9990200", "ORI9"),
        ("ori,agency_id", "TX99901,20417", "TX99902,20418", "ori"),
        ("ORI Number,Agency_ID", "tx-9990100,20417", "tx-9990200,20418", "ORI Number"),
        ("agency_id,ori", ",TX9990100", ",TX9990200", "ori"),
        # Both hold ORIs, or the other one holds none: the column's own name decides.
        ("agency_id,ori", "TX9990100,TX9990100", "TX9990200,TX9990200", "agency_id"),
        ("agency_id,ori", "20417,yes", "20418,no", "agency_id"),
        ("agency_id,ori", "20417,", "20418,", "agency_id"),
    ],
)
def test_oris_are_the_ids_of_agencies(headings, first, second, used):
    rows = [f"{first},Elm PD,TX", f"{second},Oak PD,TX"]
    names, matching = matched(f"{headings},agency_name,state", *rows)
    assert names[matching.columns["agency_id"]] == used
    (other,) = {*names[:2]} - {used}
    assert matching.left_out == (other,)
    is_said = any(f"'{used}' holds ORIs" in note for note in matching.notes)
    assert is_said == (used != "agency_id")


def test_requests_name_their_agency_by_ori_too():
    names, matching = matched(
        "request_id,agency_id,ori,received_on,topic_ids",
        "R1,20417,TX9990100,2024-01-02,training",
        dataset="requests",
    )
    assert names[matching.columns["agency_id"]] == "ori"


@pytest.mark.parametrize(
    "headings", [{"agency_id": AGENCIES.key}, {"ori": ""}, {"agency_id": "", "ori": "zip"}]
)
def test_a_choice_about_either_counts(headings):
    recipe = Recipe(headings=headings, constants={"agency_id": "X"})
    row = "20417,TX9990100,Elm PD,TX"
    _, matching = matched("agency_id,ori,agency_name,state", row, recipe=recipe)
    assert matching.columns.get("agency_id") != 1
    assert matching.notes == ()
