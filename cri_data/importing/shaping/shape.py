"""The shape of a file of outcomes: which columns and rows make one outcome.

A file has one row for each outcome, unless its headings, or a heading and its cells, prove
that it has a column for each metric, a row for each wave, or both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.cells import cell_texts
from cri_data.importing.recipe import LEFT_OUT, Recipe
from cri_data.importing.shaping.wave_headings import (
    MetricHeading,
    Metrics,
    column_of,
    metric_headings,
    waves_with_choices,
)
from cri_data.importing.shaping.waves import Part, Wave, compact, waves_of, word_in_cell
from cri_data.model.outcomes import OUTCOMES
from cri_data.reading import ADDED_HEADINGS, FileRead

ENGAGEMENT, METRIC = "engagement_id", "metric_id"

# Headings of a column of waves. Those that may mean anything else need a known wave.
_WAVE_HEADINGS = {
    *("wave", "timepoint", "surveywave", "prepost", "prepostindicator", "prevspost"),
    *("measurementpoint", "measurementoccasion", "baselineorfollowup", "baselinefollowup"),
}
_MAYBE_WAVE_HEADINGS = {
    *("period", "time", "phase", "test", "testtype", "stage", "occasion", "measurement"),
    *("survey", "surveytype", "assessment", "assessmenttype", "administration", "when"),
    *("round", "session", "type", "event"),
    *map(compact, ADDED_HEADINGS),
}
_VALUE_HEADINGS = {
    *("value", "score", "result", "rating", "measure", "measuredvalue", "metricvalue"),
    *("outcomevalue", "percent", "mean", "average", "meanscore", "averagescore"),
}
_DATE_HEADINGS = {
    *("date", "measuredon", "datemeasured", "measurementdate", "dateofmeasurement"),
    *("testdate", "dateoftest", "surveydate", "dateofsurvey", "assessmentdate"),
    *("dateofassessment", "collectedon", "datecollected", "completedon", "datecompleted"),
    *("administeredon", "recordeddate", "valuedate", "wavedate"),
}
_NUMBER = r"^\s*[-+]?[\d.,]*\d[\d.,]*\s*%?\s*$"
_CELLS = 1_000
_SHARE = 0.9


@dataclass(frozen=True)
class Source:
    """A column of the file with values, dates, or targets.

    `metric` is None if the row names it, and `wave` is None if the row has it.
    """

    place: int
    part: Part
    metric: str | None = None
    wave: Wave | None = None


@dataclass(frozen=True)
class Shape:
    """What makes one outcome: one of several columns, one of several rows, or both.

    `wave_place` is the column with the wave of a row. `waves` has the wave of each of its
    texts that is known, and `unknown` the others. `without_wave` are headings that don't
    tell their wave. `unclear` has the words of headings whose wave must be chosen, and ""
    for those without a word.
    """

    sources: tuple[Source, ...]
    wave_place: int | None = None
    waves: Mapping[str, Wave] | None = None
    unknown: tuple[str, ...] = ()
    without_wave: tuple[str, ...] = ()
    unclear: Mapping[str, tuple[str, ...]] | None = None

    @property
    def metrics(self) -> tuple[str | None, ...]:
        """The metrics of the columns, in their order; (None,) if the rows have them."""
        named = [one.metric for one in self.sources if one.part is Part.VALUE]
        return tuple(dict.fromkeys(named))

    @property
    def is_wide(self) -> bool:
        """Whether it has a column for each metric."""
        return self.metrics != (None,)

    @property
    def has_waves(self) -> bool:
        """Whether it has a row for each wave."""
        return self.wave_place is not None

    def __str__(self) -> str:
        """What the file has, in words."""
        what = {
            "a column for each metric": self.is_wide,
            "a row for each wave": self.has_waves,
        }
        return " and ".join(text for text, is_so in what.items() if is_so)

    @property
    def places(self) -> frozenset[int]:
        """The positions of headings that the shape explains."""
        wave = [] if self.wave_place is None else [self.wave_place]
        return frozenset({*wave, *(one.place for one in self.sources)})

    @property
    def same_value(self) -> list[tuple[int, ...]]:
        """The positions of headings with the same metric, wave, and part."""
        places: dict[tuple, tuple[int, ...]] = {}
        for one in self.sources:
            of_what = (one.metric, one.wave, one.part)
            places[of_what] = (*places.get(of_what, ()), one.place)
        return [several for several in places.values() if len(several) > 1]

    @property
    def provides(self) -> tuple[str, ...]:
        """The columns of outcomes that it makes."""
        made = {METRIC} if self.is_wide else set()
        for one in self.sources:
            waves = [one.wave] if one.wave else [*Wave]
            made |= {column_of(wave, one.part) for wave in waves}
        return tuple(column.name for column in OUTCOMES.columns if column.name in made)

    @property
    def replaces(self) -> frozenset[str]:
        """The columns of outcomes that no other heading of the file can be."""
        both = {f"{wave}_{Part.VALUE}" for wave in Wave}
        # One target can't be that of several metrics.
        target = {column_of(Wave.FOLLOWUP, Part.TARGET)} if len(self.metrics) > 1 else set()
        return frozenset({*self.provides, *both, *target})

    def of_headings(self, headings: tuple[str, ...]) -> dict[str, str]:
        """What each heading is, in words."""
        said = {} if self.wave_place is None else {headings[self.wave_place]: "wave"}
        for names in (self.unclear or {}).values():
            said |= dict.fromkeys(names, "its wave must be chosen")
        for one in self.sources:
            waves = [one.wave] if one.wave else [*Wave]
            columns = " or ".join(dict.fromkeys(column_of(w, one.part) for w in waves))
            of_metric = f" of {one.metric}" if one.metric else ""
            said[headings[one.place]] = f"{columns}{of_metric}"
        return said


def shape_of(
    file: FileRead, columns: Mapping[str, int], recipe: Recipe, metrics: Metrics
) -> Shape | None:
    """The shape of a file of outcomes. None if each of its rows is an outcome.

    `columns` are the places of headings that match columns of outcomes by name.
    """
    known = {*columns, *recipe.constants}
    if recipe.as_rows or ENGAGEMENT not in known:
        return None
    if METRIC not in known and has_own_ids(file.headings, recipe):
        return None
    free = [
        (place, heading)
        for place, heading in enumerate(file.headings)
        if heading not in recipe.headings and place != columns.get(ENGAGEMENT)
    ]
    if METRIC not in known:
        return _wide(file, free, recipe, metrics)
    if known & {f"{wave}_{Part.VALUE}" for wave in Wave}:
        return None
    taken = {*columns.values()}
    return _long(file, [one for one in free if one[0] not in taken], recipe)


def has_own_ids(headings: tuple[str, ...], recipe: Recipe) -> bool:
    """Whether a heading is the ID of outcomes by name or choice, not just "ID"."""
    named = [heading for heading in headings if compact(heading) == compact(OUTCOMES.key)]
    return bool(named) or OUTCOMES.key in recipe.headings.values()


def _wide(
    file: FileRead, free: list[tuple[int, str]], recipe: Recipe, metrics: Metrics
) -> Shape | None:
    found = metric_headings(free, metrics)
    values = [one for one in found if one.said.part is Part.VALUE]
    if not values or (len(values) == 1 and not _are_numbers(file, values[0].place)):
        return None
    words = {one.said.word or "" for one in found if one.said.word or one in values}
    places = {one.place for one in found}
    others = [one for one in free if one[0] not in places]
    wave_place = None if words != {""} else _wave_place(file, others, recipe)
    if wave_place is not None:
        return _of_rows_too(file, found, wave_place, others, recipe)
    waves = waves_with_choices(words, recipe)
    ignored = [word for word in words if recipe.waves.get(word) == LEFT_OUT]
    unclear: dict[str, tuple[str, ...]] = {}
    sources = []
    for one in found:
        word = one.said.word or ""
        if one.said.part is Part.TARGET:
            sources.append(_source(one, Wave.FOLLOWUP))
        elif word in waves:
            sources.append(_source(one, waves[word]))
        elif word not in ignored and (word or one in values):
            unclear[word] = (*unclear.get(word, ()), file.headings[one.place])
    if words == {""} and "" in waves:
        sources += _dates(others, waves[""])
    without = [file.headings[one.place] for one in values if not one.said.word]
    return Shape(tuple(sources), without_wave=tuple(without), unclear=unclear)


def _source(one: MetricHeading, wave: Wave) -> Source:
    return Source(one.place, one.said.part, one.metric, wave)


def _dates(others: Iterable[tuple[int, str]], wave: Wave | None) -> list[Source]:
    """The only column with the date of a row."""
    dates = [place for place, name in others if compact(name) in _DATE_HEADINGS]
    return [Source(dates[0], Part.DATE, None, wave)] if len(dates) == 1 else []


def _of_rows_too(
    file: FileRead,
    found: list[MetricHeading],
    wave_place: int,
    others: list[tuple[int, str]],
    recipe: Recipe,
) -> Shape:
    metrics = {one.metric for one in found if one.said.part is Part.VALUE}
    sources = [
        Source(one.place, one.said.part, one.metric)
        for one in found
        if one.metric in metrics
    ]
    waves, unknown = _waves_in(file, wave_place, recipe)
    return Shape((*sources, *_dates(others, None)), wave_place, waves, unknown)


def _long(file: FileRead, free: list[tuple[int, str]], recipe: Recipe) -> Shape | None:
    values = [place for place, name in free if compact(name) in _VALUE_HEADINGS]
    if not values or (len(values) > 1 and has_own_ids(file.headings, recipe)):
        return None
    others = [one for one in free if one[0] not in values]
    wave_place = _wave_place(file, others, recipe)
    if wave_place is None:
        return None
    waves, unknown = _waves_in(file, wave_place, recipe)
    # Of several, a person must choose one (Shape.same_value).
    sources = [Source(place, Part.VALUE) for place in values]
    return Shape((*sources, *_dates(others, None)), wave_place, waves, unknown)


def _wave_place(
    file: FileRead, others: list[tuple[int, str]], recipe: Recipe
) -> int | None:
    """The only column that has the wave of a row."""
    found = [place for place, name in others if compact(name) in _WAVE_HEADINGS] or [
        place
        for place, name in others
        if compact(name) in _MAYBE_WAVE_HEADINGS and _waves_in(file, place, recipe)[0]
    ]
    return found[0] if len(found) == 1 else None


def _waves_in(
    file: FileRead, place: int, recipe: Recipe
) -> tuple[dict[str, Wave], tuple[str, ...]]:
    """The wave of each different text of a column, and the texts without one."""
    texts = pc.unique(pc.drop_null(cell_texts(file.rows[f"c{place}"]))).to_pylist()
    chosen = {compact(word): wave for word, wave in recipe.waves.items() if wave}
    words = {text: word_in_cell(text) for text in texts if compact(text) not in chosen}
    waves = waves_of(word for word in words.values() if word)
    known = {text: waves[word] for text, word in words.items() if word in waves}
    known |= {text: Wave(chosen[compact(text)]) for text in texts if text not in words}
    return known, tuple(text for text in texts if text not in known)


def _are_numbers(file: FileRead, place: int) -> bool:
    cells: pa.ChunkedArray = pc.drop_null(
        cell_texts(file.rows[f"c{place}"].slice(0, _CELLS))
    )
    fitting = pc.sum(pc.match_substring_regex(cells, _NUMBER)).as_py() or 0
    return len(cells) > 0 and fitting >= len(cells) * _SHARE
