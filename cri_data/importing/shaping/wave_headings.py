"""What the headings of a file of outcomes say: a metric, a wave, and a value or a date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cri_data.importing.recipe import Recipe
from cri_data.importing.shaping.waves import (
    Part,
    Said,
    Wave,
    compact,
    said_in_heading,
    waves_of,
)
from cri_data.model.outcomes import OUTCOMES
from cri_data.store.store import Store

# The ID of each metric by its ID and its name, in compact() form.
Metrics = Mapping[str, str]
NO_METRICS: Metrics = {}


def metrics_of(store: Store, dataset_name: str) -> Metrics:
    """The stored metrics by each way to write them, for a file of outcomes.

    A way to write two metrics is none. An ID always means itself.
    """
    if dataset_name != OUTCOMES.name:
        return NO_METRICS
    with store.cursor() as cursor:
        metrics = cursor.table("metrics").select("metric_id", "metric_name").fetchall()
    named: dict[str, set[str]] = {}
    for metric_id, name in metrics:
        named.setdefault(compact(name), set()).add(metric_id)
    known = {text: ids.pop() for text, ids in named.items() if len(ids) == 1}
    known |= {compact(metric_id): metric_id for metric_id, _ in metrics}
    known.pop("", None)
    return known


@dataclass(frozen=True)
class MetricHeading:
    """A heading of one metric, and what else it says."""

    place: int
    metric: str
    said: Said


def metric_headings(
    headings: Iterable[tuple[int, str]], metrics: Metrics
) -> list[MetricHeading]:
    """The headings, with their places, that name a metric and say nothing unknown."""
    found = []
    for place, heading in headings:
        one = _named(compact(heading), metrics)
        if one:
            found.append(MetricHeading(place, *one))
    return found


def _named(heading: str, metrics: Metrics) -> tuple[str, Said] | None:
    """The metric of a heading, of which the longest name counts."""
    for name in sorted(metrics, key=len, reverse=True):
        before, is_in, after = heading.partition(name)
        said = said_in_heading(before + after) if is_in else None
        if said:
            return metrics[name], said
    return None


def wave_columns(headings: tuple[str, ...], recipe: Recipe) -> dict[str, str]:
    """The column of outcomes of each heading that names only a wave, such as "Pretest"."""
    said = {heading: said_in_heading(compact(heading)) for heading in headings}
    words = {heading: one.word for heading, one in said.items() if one and one.word}
    waves = waves_with_choices(words.values(), recipe)
    return {
        heading: column_of(waves[word], one.part)
        for heading, word in words.items()
        if (one := said[heading]) and word in waves
    }


def waves_with_choices(words: Iterable[str], recipe: Recipe) -> dict[str, Wave]:
    """The wave of each word in headings, as chosen or certain. No word is never certain."""
    different = set(words)
    chosen = {compact(word): wave for word, wave in recipe.waves.items()}
    decided = {word: chosen[compact(word)] for word in different if compact(word) in chosen}
    certain = waves_of(different - decided.keys() - {""})
    return certain | {word: Wave(wave) for word, wave in decided.items() if wave}


def column_of(wave: Wave, part: Part) -> str:
    """The column of outcomes with this part of this wave."""
    return "target_value" if part is Part.TARGET else f"{wave}_{part}"
