"""Make one row for each outcome from a file of another shape, all rows at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.cells import cell_texts, words_for_nothing
from cri_data.importing.shaping.origins import Origins, outcome_row
from cri_data.importing.shaping.shape import METRIC, Shape, Source
from cri_data.importing.shaping.wave_headings import column_of
from cri_data.importing.shaping.waves import Part, Wave
from cri_data.model.columns import Kind

_TEXT = pa.string()
WAVES = (Wave.BASELINE, Wave.FOLLOWUP)
_PARTS = [
    *((part, wave) for part in (Part.VALUE, Part.DATE) for wave in WAVES),
    (Part.TARGET, Wave.FOLLOWUP),
]
UNKNOWN = -1

_Numbers = np.ndarray


@dataclass(frozen=True)
class Reshaped:
    """The outcomes of a file, one per row, and the rows that are none.

    `rows` has the row of each outcome (see Origins), the cells of the file's other columns
    under their names, and the columns of outcomes that the shape provides. `no_value` are
    rows of the file without any value. `unknown` and `repeated` are positions of cells in
    `cells`: those with an unknown wave, and those of an outcome with a wave twice.
    `cells` has row, metric (its number), wave, and group (its outcome) of each value.
    """

    rows: pa.Table
    origins: Origins
    no_value: _Numbers
    blank_cells: int
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    differing: Mapping[str, int] = field(default_factory=dict)


def reshaped(
    rows: pa.Table, shape: Shape, headings: tuple[str, ...], keys: list[pa.ChunkedArray]
) -> Reshaped:
    """The outcomes of these rows. `keys` are the texts that identify an outcome."""
    has_value = {
        metric: np.logical_or.reduce(
            [_is_filled(rows, one) for one in _values(shape, metric)]
        )
        for metric in shape.metrics
    }
    numbers = rows["row"].to_numpy()
    is_any = np.logical_or.reduce([*has_value.values()])
    blank = sum(int((~filled & is_any).sum()) for filled in has_value.values())
    origins = Origins(_headings_of(shape, headings))
    if shape.wave_place is None:
        made = _of_columns(rows, shape, has_value)
        return Reshaped(made, origins, numbers[~is_any], blank)
    cells = _cells(rows, shape, has_value, keys)
    made, differing = _of_pairs(rows, shape, cells)
    origins = Origins(origins.headings, _sources(cells))
    return Reshaped(made, origins, numbers[~is_any], blank, cells, differing)


def _values(shape: Shape, metric: str | None) -> list[Source]:
    return [one for one in shape.sources if one.part is Part.VALUE and one.metric == metric]


def _is_filled(rows: pa.Table, source: Source) -> _Numbers:
    texts = cell_texts(rows[f"c{source.place}"])
    is_word = pc.is_in(texts, value_set=words_for_nothing(Kind.NUMBER))
    return pc.and_(pc.is_valid(texts), pc.invert(is_word)).to_numpy()


def _headings_of(shape: Shape, headings: tuple[str, ...]) -> dict[tuple[int, str], str]:
    """The heading of each metric, by its number, and column of outcomes."""
    found = {}
    for number, metric in enumerate(shape.metrics):
        for one in shape.sources:
            if one.metric in (None, metric):
                for wave in [one.wave] if one.wave else WAVES:
                    found[number, column_of(wave, one.part)] = headings[one.place]
    return found


def _of_columns(
    rows: pa.Table, shape: Shape, has_value: Mapping[str | None, _Numbers]
) -> pa.Table:
    """An outcome for each metric with a value in a row."""
    places = [np.nonzero(filled)[0] for filled in has_value.values()]
    metric = np.repeat(np.arange(len(places)), [len(part) for part in places])
    order = np.lexsort((metric, np.concatenate(places)))
    at, metric = np.concatenate(places)[order], metric[order]
    made = rows.take(pa.array(at))
    made = made.set_column(0, "row", pa.array(outcome_row(made["row"].to_numpy(), metric)))
    made = made.append_column(METRIC, _names(shape, metric))
    for column, texts in _made(rows, shape, dict.fromkeys(WAVES, pa.array(at)), metric):
        made = made.append_column(column, texts)
    return made


def _names(shape: Shape, metric: _Numbers) -> pa.Array:
    return pa.array(shape.metrics, _TEXT).take(pa.array(metric))


def _made(
    rows: pa.Table, shape: Shape, at: Mapping[Wave, pa.Array], metric: _Numbers
) -> Iterator[tuple[str, pa.ChunkedArray]]:
    """The columns that the shape provides, from the rows of each wave."""
    for part, wave in _PARTS:
        sources = [_source_of(shape, name, part, wave) for name in shape.metrics]
        texts = None
        for number, source in enumerate(sources):
            if source:
                cells = rows[f"c{source.place}"].take(at[wave])
                if part is Part.TARGET:
                    cells = pc.coalesce(_filled(cells), _of_baseline(rows, source, at))
                others = pa.scalar(None, _TEXT) if texts is None else texts
                texts = pc.if_else(pa.array(metric == number), cells, others)
        if texts is not None:
            yield column_of(wave, part), texts


def _filled(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts, with null for those that are blank."""
    return pc.if_else(pc.is_valid(cell_texts(texts)), texts, pa.scalar(None, _TEXT))


def _of_baseline(
    rows: pa.Table, source: Source, at: Mapping[Wave, pa.Array]
) -> pa.ChunkedArray:
    """The cells of the baseline's row, which may have the target, too."""
    return _filled(rows[f"c{source.place}"].take(at[Wave.BASELINE]))


def _source_of(shape: Shape, metric: str | None, part: Part, wave: Wave) -> Source | None:
    """The column of a metric, or else of the whole row, for a part of a wave."""
    fitting = [
        one
        for one in shape.sources
        if one.part is part
        and one.metric in (None, metric)
        and (part is Part.TARGET or one.wave in (None, wave))
    ]
    return max(fitting, key=lambda one: one.metric is not None, default=None)


def _cells(
    rows: pa.Table,
    shape: Shape,
    has_value: Mapping[str | None, _Numbers],
    keys: list[pa.ChunkedArray],
) -> pd.DataFrame:
    """Each value with its wave and outcome."""
    waves = _wave_numbers(rows, shape)
    of_rows = _groups(keys)
    places = [np.nonzero(filled)[0] for filled in has_value.values()]
    metric = np.repeat(np.arange(len(places)), [len(part) for part in places])
    at = np.concatenate(places)
    order = np.lexsort((metric, at))
    at, metric = at[order], metric[order]
    cells = pd.DataFrame({"at": at, "metric": metric, "wave": waves[at]})
    cells["row"] = rows["row"].to_numpy()[at]
    cells["group"] = of_rows[at] * len(places) + metric
    is_known = cells["wave"] != UNKNOWN
    twice = cells[is_known].duplicated(["group", "wave"], keep=False)
    several = set(cells.loc[twice[twice].index, "group"])
    cells["is_repeated"] = is_known & cells["group"].isin(several)
    return cells


def _wave_numbers(rows: pa.Table, shape: Shape) -> _Numbers:
    """The place of each row's wave in WAVES, or UNKNOWN."""
    texts = cell_texts(rows[f"c{shape.wave_place}"])
    waves = shape.waves or {}
    found = pc.index_in(texts, value_set=pa.array([*waves], _TEXT))
    numbers = np.array([*map(WAVES.index, waves.values()), UNKNOWN])
    return numbers[pc.fill_null(found, len(waves)).to_numpy()]


def _groups(keys: list[pa.ChunkedArray]) -> _Numbers:
    """The same number for rows with the same keys, whatever their case.

    Rows without one of them belong to no other row.
    """
    is_whole = np.ones(len(keys[0]), bool)
    parts = []
    for key in keys:
        is_whole &= pc.is_valid(key).to_numpy()
        coded = pc.utf8_upper(key).combine_chunks().dictionary_encode()
        parts.append(pc.fill_null(coded.indices, -1).to_numpy())
    groups = pd.DataFrame(dict(enumerate(parts))).groupby([*range(len(parts))]).ngroup()
    own = np.arange(len(groups)) + len(groups)
    return np.where(is_whole, groups.to_numpy(), own)


def _of_pairs(
    rows: pa.Table, shape: Shape, cells: pd.DataFrame
) -> tuple[pa.Table, dict[str, int]]:
    """An outcome for each group, from the row of each wave, and what differs in them."""
    pairs = _paired(cells)
    first = pairs["first"].to_numpy()
    at = {
        wave: pa.array(pairs[number], pa.int64(), from_pandas=True)
        for number, wave in enumerate(WAVES)
    }
    metric = pairs["metric"].to_numpy()
    columns: dict[str, pa.ChunkedArray] = {
        "row": pa.array(outcome_row(rows["row"].to_numpy()[first], metric))
    }
    # A column of one metric says nothing of the others.
    of_metric = {
        f"c{one.place}": shape.metrics.index(one.metric)
        for one in shape.sources
        if one.metric is not None
    }
    differing = {}
    for name in rows.column_names[1:]:
        texts = _filled(rows[name])
        before, after = (texts.take(at[wave]) for wave in WAVES)
        columns[name] = pc.fill_null(pc.coalesce(after, before), "")
        differs = pc.not_equal(before, after)
        if name in of_metric:
            differs = pc.and_(differs, pa.array(metric == of_metric[name]))
        differing[name] = pc.sum(differs).as_py() or 0
    if shape.is_wide:
        columns[METRIC] = _names(shape, metric)
    columns |= _made(rows, shape, at, metric)
    return pa.table(columns), differing


def _paired(cells: pd.DataFrame) -> pd.DataFrame:
    """For each outcome: the position of each wave (0, 1), of its first row, its metric."""
    good = cells[(cells["wave"] != UNKNOWN) & ~cells["is_repeated"]]
    pairs = good.pivot(index="group", columns="wave", values="at")
    pairs = pairs.reindex(columns=range(len(WAVES))).astype("Int64")
    by_group = good.groupby("group")
    pairs["first"], pairs["metric"] = by_group["at"].min(), by_group["metric"].min()
    return pairs.sort_values(["first", "metric"])


def _sources(cells: pd.DataFrame) -> pd.DataFrame:
    """The row of the file with each wave, by the row of the outcome."""
    good = cells[(cells["wave"] != UNKNOWN) & ~cells["is_repeated"]]
    rows = good.pivot(index="group", columns="wave", values="row")
    rows = rows.reindex(columns=range(len(WAVES)))
    metric = good.groupby("group")["metric"].min()
    first = rows.min(axis="columns").astype("int64")
    index = outcome_row(first.to_numpy(), metric.to_numpy())
    return rows.set_axis([str(wave) for wave in WAVES], axis="columns").set_axis(index)
