"""Which files have a shape: only those whose headings, or heading and cells, prove it."""

import pytest

from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe, RecipeError, recipe_from_json
from cri_data.importing.shaping.waves import (
    compact,
    said_in_heading,
    waves_of,
    word_in_cell,
)

METRICS = {
    compact(name): metric
    for metric, name in (
        ("deescalation-test", "De-escalation test score"),
        ("training-rating", "Usefulness as rated by participants"),
        ("test", "Test"),
    )
    for name in (metric, name)
}


def mapped(text: str, recipe: Recipe | None = None):
    source = SourceFile.from_bytes("o.csv", text.encode())
    return source.mapped("outcomes", recipe or Recipe(), METRICS)


NORMAL = "outcome_id,engagement_id,metric_id"


@pytest.mark.parametrize(
    "text",
    [
        f"{NORMAL},baseline_value,followup_value\nO1,E1,test,1,2\n",
        f"{NORMAL},Period,Value,baseline_value\nO1,E1,test,baseline,1,2\n",
        f"{NORMAL},Period,Comments\nO1,E1,test,FY2024,3\n",
        f"{NORMAL},Time,Score\nO1,E1,test,12:30,3\n",
        f"{NORMAL},Score,Result,Wave\nO1,E1,test,3,4,Pre\n",
        f"{NORMAL},Training rating,De-escalation test\nO1,E1,test,1,2\n",
        "engagement_id,metric_id,Pre,Post\nE1,test,1,2\n",
        "engagement_id,metric_id,Pre,Post,Training rating,Test\nE1,test,1,2,3,4\n",
    ],
)
def test_a_row_for_each_outcome_is_never_reshaped(text):
    assert mapped(text).shaped is None


@pytest.mark.parametrize(
    "text",
    [
        # No metric, one that is no number, and values beside an own ID.
        "engagement_id,Chief,Phone\nE1,4,5\n",
        "engagement_id,Test\nE1,passed\n",
        "outcome_id,engagement_id,Training rating,De-escalation test\nO1,E1,4,5\n",
        "Training rating,De-escalation test\n4,5\n",
        # Which outcomes these are about, nothing tells.
        "engagement_id,metric_id,Comments\nE1,test,good\n",
        "engagement_id,metric_id,Time,Score\nE1,test,noon,5\n",
    ],
)
def test_a_file_without_proof_is_refused(text):
    with pytest.raises(HeadingsError, match="needs the column"):
        mapped(text)


WIDE = "engagement_id,Pre Training rating,Post Training rating\nE1,3,4\n"
LONG = "engagement_id,metric_id,Wave,Value\nE1,test,Pre,3\nE1,test,Post,4\n"


@pytest.mark.parametrize("text", [WIDE, LONG])
def test_a_shape_can_be_refused(text):
    assert mapped(text).texts.num_rows == 1
    with pytest.raises(HeadingsError, match="needs the column"):
        mapped(text, Recipe(as_rows=True))


@pytest.mark.parametrize(
    ("headings", "waves", "expected"),
    [
        ("Training rating,De-escalation test", {"": "followup"}, "followup_value"),
        ("Training rating,De-escalation test", {"": "baseline"}, "baseline_value"),
        ("T2 Training rating,T3 Training rating", {"T2": "baseline", "T3": "followup"}, ""),
        ("T2 Training rating,T3 Training rating", {"T2": "followup", "T3": ""}, ""),
        ("T1 Training rating,T3 Training rating", {"T3": "followup"}, ""),
    ],
)
def test_waves_of_headings_can_be_chosen(headings, waves, expected):
    texts = mapped(f"engagement_id,{headings}\nE1,3,4\n", Recipe(waves=waves)).texts
    given = {name for name in texts.column_names if name.endswith("_value")}
    chosen = {f"{wave}_value" for wave in waves.values() if wave}
    chosen |= {"baseline_value"} if headings.startswith("T1") else set()
    assert given == ({expected} if expected else chosen)


@pytest.mark.parametrize(
    ("headings", "named"),
    [
        ("T1 Training rating,T2 Training rating,T3 Training rating", "T2 and T3"),
        ("T1 Training rating,Post Training rating", "T1"),
        ("Training rating,De-escalation test", "headings without a wave mean"),
        ("Training rating,Post De-escalation test", "headings without a wave mean"),
        ("Pre Training rating,training-rating baseline", "same metric and wave"),
        ("Post training-rating,Training rating post", "same metric and wave"),
    ],
)
def test_waves_that_are_not_certain_are_asked_about(headings, named):
    cells = ",".join("3" for _ in headings.split(","))
    with pytest.raises(HeadingsError, match=named):
        mapped(f"engagement_id,{headings}\nE1,{cells}\n")


@pytest.mark.parametrize(
    ("words", "certain"),
    [
        ("Pre Post", "baseline followup"),
        ("pre-test post-test", "baseline followup"),
        ("Before After", "baseline followup"),
        ("T1 T2", "baseline followup"),
        ("T0 T1", "baseline followup"),
        ("1 2", "baseline followup"),
        ("1.0 2.0", "baseline followup"),
        ("Time1 Wave2", "baseline followup"),
        ("T2", "followup"),
        ("T1 T2 T3", "baseline - -"),
        ("T0 T1 T2", "baseline - -"),
        ("Baseline T1 T2", "baseline - -"),
        ("Post midpoint", "followup -"),
        ("3 4", "- -"),
        ("Prepost 6-month-follow-up Postponed", "- - -"),
    ],
)
def test_words_for_waves(words, certain):
    found = [word_in_cell(word) for word in words.split()]
    waves = waves_of(word for word in found if word)
    assert " ".join(waves.get(word or "", "-") for word in found) == certain


@pytest.mark.parametrize(
    "heading",
    ["Pre/Post", "Post office", "Pretest comments", "n pre", "President", "Posted by"],
)
def test_headings_that_say_more_are_no_wave(heading):
    assert said_in_heading(compact(heading)) is None


def test_the_choices_about_a_shape_are_remembered():
    recipe = Recipe(as_rows=True, waves={"T3": "followup", "": "baseline"})
    assert recipe_from_json(recipe.to_json()) == recipe.to_remember() == recipe
    with pytest.raises(RecipeError, match="one of: baseline, followup"):
        recipe_from_json('{"waves": {"T3": "later"}}')


@pytest.mark.parametrize("named", ["score,percent", "Value,Result", "mean,average,rating"])
def test_several_values_of_a_wave_are_asked_about(named):
    head, *others = named.split(",")
    cells = ",".join("3" for _ in named.split(","))
    text = f"engagement_id,metric_id,wave,{named}\nE1,test,pre,{cells}\n"
    with pytest.raises(HeadingsError, match="have the same metric and wave"):
        mapped(text)
    chosen = mapped(text, Recipe(headings=dict.fromkeys(others, "")))
    assert chosen.texts["baseline_value"].to_pylist() == ["3"]
    assert chosen.matching.shape.of_headings(chosen.file.headings)[head]
