"""Repairs of a whole class of problems, offered and taken."""

from collections.abc import Iterator

import pytest

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.problems import of_rules_and_columns
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import likely_recipe, preview, unlikely_blank_recipe
from cri_data.importing.validation.bulk_repairs import class_repairs, unlikely_as_blank
from cri_data.model.problem_rules import RULES
from cri_data.store.store import Store
from tests.support.small_store import small_store
from tests.support.uploads import REQUESTS, looked_at, problems, quietly

KINDS = "agency_id,agency_name,state,agency_type,sworn_officers\n"
FILE = KINDS + (
    "Z1,Zed,TX,Sherif,many\nZ2,Zed,TX,Sherif,10\nZ3,Zed,Texass,Munincipal,lots\n"
    "Z4,Zed,Texass,Blue,12\n"
)


@pytest.fixture
def store() -> Iterator[Store]:
    store = small_store()
    yield store
    store.close()


def repairs_of(store: Store, text: str) -> dict[str, Recipe]:
    loading = looked_at(store, "agencies", text)
    with store.cursor() as cursor:
        offered = class_repairs(cursor, loading.prepared, loading.checked, Recipe())
    return {repair.name: repair.recipe for repair in offered}


def problems_with(store: Store, recipe: Recipe) -> list[tuple]:
    return problems(
        preview(
            store,
            "agencies",
            SourceFile.from_bytes("a.csv", FILE.encode()),
            recipe,
            quietly,
        )
    )


def test_every_class_of_more_than_one_cell_is_offered(store: Store) -> None:
    assert list(repairs_of(store, FILE)) == [
        "Apply all 3 suggestions (5 cells)",
        "Replace all 2 'Sherif' in agency_type with Sheriff's office",
        "Replace all 2 'Texass' in state with Texas",
        "Leave 4 unrecognized values of agency_type blank",
        "Leave 2 unrecognized values of sworn_officers blank",
    ]
    assert repairs_of(store, KINDS + "Z1,Zed,TX,Sherif,many\n") == {}


@pytest.mark.long
def test_each_repair_takes_away_what_it_names_and_nothing_else(store: Store) -> None:
    before = problems_with(store, Recipe())
    assert len(before) == 8
    gone = {
        name: [problem[2] for problem in before if problem not in after]
        for name, recipe in repairs_of(store, FILE).items()
        if (after := problems_with(store, recipe)) is not None
    }
    assert [sorted(values) for values in gone.values()] == [
        ["Munincipal", "Sherif", "Sherif", "Texass", "Texass"],
        ["Sherif", "Sherif"],
        ["Texass", "Texass"],
        ["Blue", "Munincipal", "Sherif", "Sherif"],
        ["lots", "many"],
    ]


def test_the_likely_meanings_are_a_recipe_too(store: Store) -> None:
    recipe = likely_recipe(store, looked_at(store, "agencies", FILE))
    assert recipe.values == {
        "agency_type": {"Sherif": "sheriff", "Munincipal": "municipal"},
        "state": {"Texass": "TX"},
    }


@pytest.mark.long
@pytest.mark.parametrize("value", ["'; drop table agencies; --", "a\\1b", "x" * 400])
def test_hostile_values_are_put_right_or_left_alone(store: Store, value: str) -> None:
    text = KINDS + f'Z1,Zed,TX,"{value}",\nZ2,Zed,TX,"{value}",\n'
    (name, recipe) = next(iter(repairs_of(store, text).items()), (None, None))
    if len(value) > 200:
        # Only its beginning is known, which is not what the cell holds.
        assert name is None
        return
    assert name == "Leave 2 unrecognized values of agency_type blank"
    looked = preview(
        store, "agencies", SourceFile.from_bytes("a.csv", text.encode()), recipe, quietly
    )
    assert problems(looked) == []


def test_problems_are_chosen_by_rule_and_column(store: Store) -> None:
    listed = looked_at(store, "agencies", FILE).checked.problems
    both = of_rules_and_columns(listed, ["unknown_code"], ["state"])
    assert both["row"].tolist() == [4, 5]
    assert len(of_rules_and_columns(listed, [], ["agency_type"])) == 4
    assert of_rules_and_columns(listed, [], []).equals(listed)


FAULTS = {
    "agencies": (
        KINDS.strip() + ",zip,sworn_as_of_on,latitude,longitude\n"
        "F1,One,TX,Blue,many,1,2024-01-32,,\nF2,,TX,,-5,,1/2/2024,,\n"
        '"F;3",Three,TX,,1,,,,\nF4,Four,TX\nF5,Five,TX,,1,,,,,,x\n'
        "F6,Six,TX,,1,,,north,\nF7,Seven,TX,,1,,,,\nF7,Seven,TX,,1,,,,\n"
        "F8,Eight,TX,,1,,,,\nF8,Ate,TX,,1,,,,\nF9,Ni\x00ne,TX,,1,,,,\n"
        'F10,"Ten,TX,,1,,,,\nF11,Eleven,TX,,1,,,,\n'
        + "F13,Thirteen,TX,,1,,,32.8,96.8\n"
        + f"F12,Twelve,{'x' * 2_001},,1,,,,\n"
        + '",' * 501
        + "\n"
    ),
    "partners": "partner_id,partner_name,topic_ids\nF1,One,;\n"
    "EXMP,Example Police Association,training;officer-wellness\n",
    "engagements": (
        "engagement_id,request_id,lead_partner_id,started_on\nF1,R1,P1,2042-01-01\n"
    ),
    "outcomes": (
        "outcome_id;engagement_id;metric_id;baseline_value\n"
        "F1;E1;days-lost;2,875\nF2;E1;days-lost;3 weeks\n"
    ),
    "requests": (
        REQUESTS.strip() + ",status,decided_on,closed_on\n"
        "F1,A1,2024-01-02,training,completed,2024-01-01,2024-01-02\n"
        "F2,NOWHERE,2024-01-02,training,,,\n"
        "F3,A2,2024-01-02,training,completed,2024-01-02,2024-01-02\n"
    ),
}


@pytest.mark.long
def test_every_rule_has_words_and_is_met_somewhere(store: Store) -> None:
    met = set()
    for dataset, text in FAULTS.items():
        met |= {problem[3] for problem in problems(looked_at(store, dataset, text))}
    # Of whole files that are written two ways, of names and merges, of rows that a
    # person leaves out, of IDs, of likeness, of what is no value or no row:
    # test_any_table.py, test_agency_ids.py, test_records.py, test_excluded_rows.py,
    # test_known_ids.py, test_similar_agencies.py, test_lost_values.py,
    # test_accounts.py, test_unknown_agencies.py, and shaping/test_rows_of_file.py.
    elsewhere = {"other_separator", "agency_not_certain", "merged_agency"}
    elsewhere |= {"row_left_out", "same_record", "id_not_certain", "id_changed"}
    elsewhere |= {"similar_agency", "lost_cell", "total_row", "rows_not_read"}
    elsewhere |= {"outcome_not_certain", "rejected_with", "wave_repeated", "wave_unknown"}
    elsewhere.add("agency_by_name")
    assert met | elsewhere == set(RULES)
    assert not met & elsewhere


@pytest.mark.long
@pytest.mark.parametrize(
    ("dataset", "text"),
    [
        # 31 is no score from 1 to 5, but may be a count.
        (
            "outcomes",
            "outcome_id,engagement_id,metric_id,baseline_value\n"
            "Z1,E1,officer-morale,31\nZ2,E1,training-rating,31\nZ3,E1,complaints,31\n",
        ),
        # 32.78 is right beside another longitude.
        (
            "agencies",
            "agency_id,agency_name,state,latitude,longitude\n"
            "Z1,Zed,TX,32.78,96.8\nZ2,Zed,TX,32.78,96.8\nZ3,Zed,TX,32.78,-96.8\n",
        ),
    ],
)
def test_what_is_right_in_another_row_is_not_taken_as_blank(
    store: Store, dataset: str, text: str
) -> None:
    loading = looked_at(store, dataset, text)
    assert problems(loading)
    with store.cursor() as cursor:
        assert class_repairs(cursor, loading.prepared, loading.checked, Recipe()) == []
    prepared, found = loading.prepared, loading.checked.problems
    assert unlikely_as_blank(prepared, found, Recipe()) == Recipe()


@pytest.mark.parametrize(
    ("days", "values", "repairs"),
    [
        # No other metric has these numbers.
        ("0.75", {"baseline_value": {"0.5": "", "1": ""}}, {}),
        # Half a day is right.
        ("0.5", {"baseline_value": {"1": ""}}, {2: {"Before": ""}, 3: {"Before": ""}}),
    ],
)
def test_shares_are_left_blank_with_one_choice(store: Store, days, values, repairs) -> None:
    rows = [("wellness-use", "0.5"), ("tactics-test", "0.5"), ("days-lost", days)]
    rows += [("wellness-use", "1"), ("wellness-use", "0")]
    text = "outcome_id,engagement_id,metric_id,Before\n" + "".join(
        f"Z{n},E1,{metric},{value}\n" for n, (metric, value) in enumerate(rows)
    )
    source = SourceFile.from_bytes("o.csv", text.encode())
    looked = preview(store, "outcomes", source, Recipe(), quietly)
    with store.cursor() as cursor:
        (repair,) = class_repairs(cursor, looked.prepared, looked.checked, Recipe())
    assert repair.name == "Leave 3 unlikely values of baseline_value blank"
    assert repair.recipe == unlikely_blank_recipe(looked)
    assert repair.recipe == Recipe(values=values, repairs=repairs)
    after = preview(store, "outcomes", source, repair.recipe, quietly)
    assert problems(after) == []
    kept = after.checked.new.baseline_value.astype(object)
    assert [
        None if value != value else float(value) for value in kept.fillna(float("nan"))
    ] == [*(None, None, float(days), None, 0)]
