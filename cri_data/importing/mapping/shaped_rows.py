"""The outcomes of a file that has a column for each metric, or a row for each wave."""

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.cells import cell_texts, mapped
from cri_data.importing.mapping.headings import Matching
from cri_data.importing.recipe import Recipe
from cri_data.importing.shaping.origins import Origins
from cri_data.importing.shaping.reshape import Reshaped, reshaped
from cri_data.importing.shaping.shape import ENGAGEMENT, METRIC, Shape
from cri_data.importing.shaping.wave_headings import Metrics
from cri_data.importing.shaping.wave_problems import wave_problems
from cri_data.importing.shaping.waves import IN_WORDS, Part, Wave, compact
from cri_data.model.counted import count_of
from cri_data.model.datasets import Dataset
from cri_data.reading import FileRead

_TEXT = pa.string()


@dataclass(frozen=True)
class ShapedRows:
    """Outcomes made from the rows of a file.

    `rows` are the outcomes, as reshaped() gives them. `no_value` has the numbers of rows
    without any value. `problems` are those of rows that are no outcome, and `failed` is
    their number. `notes` say in words what became of the file.
    """

    rows: pa.Table
    origins: Origins
    no_value: pa.Array
    problems: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def failed(self) -> int:
        """The number of rows that are no outcome."""
        return int(self.problems["row"].nunique())


def shaped_rows(
    file: FileRead, dataset: Dataset, matching: Matching, recipe: Recipe, metrics: Metrics
) -> ShapedRows | None:
    """The outcomes of a file. None if each of its rows is one."""
    shape = matching.shape
    if shape is None:
        return None
    identify = [ENGAGEMENT] if shape.is_wide else [ENGAGEMENT, METRIC]
    identify += [dataset.key] if dataset.key in matching.columns else []
    keys = [_key(file.rows, name, matching, recipe) for name in identify]
    if METRIC in identify:
        place = identify.index(METRIC)
        keys[place] = _known_metrics(keys[place], metrics)
    made = reshaped(file.rows, shape, file.headings, keys)
    problems = wave_problems(file, file.rows, shape, keys, made)
    return ShapedRows(
        made.rows,
        made.origins,
        pa.array(made.no_value, pa.int64()),
        problems,
        tuple(_notes(file, matching, shape, made, identify, recipe)),
    )


def _key(rows: pa.Table, name: str, matching: Matching, recipe: Recipe) -> pa.ChunkedArray:
    """The texts of a column, with a person's choices about it."""
    place, constant = matching.columns.get(name), matching.constants.get(name)
    if place is None:
        texts = pa.chunked_array([pa.nulls(rows.num_rows, _TEXT)])
    else:
        texts = cell_texts(rows[f"c{place}"])
    if constant is not None:
        texts = pc.fill_null(texts, constant)
    return mapped(texts, recipe.values.get(name, {}))


def _known_metrics(texts: pa.ChunkedArray, metrics: Metrics) -> pa.ChunkedArray:
    """The IDs of metrics, which the rows of an outcome may name in different ways."""
    different = pc.unique(pc.drop_null(texts)).to_pylist()
    known = {text: metrics.get(compact(text), text) for text in different}
    return mapped(texts, known)


def _notes(
    file: FileRead,
    matching: Matching,
    shape: Shape,
    made: Reshaped,
    keys: list[str],
    recipe: Recipe,
) -> list[str]:
    columns = f"{count_of(len(shape.metrics), 'metric')} in " if shape.is_wide else ""
    notes = [
        f"This file has {shape}: "
        f"{columns}{count_of(file.rows.num_rows, 'row')} became "
        f"{count_of(made.rows.num_rows, 'outcome')}."
    ]
    if made.blank_cells:
        notes.append(f"Blank values ({made.blank_cells:,}) are no outcomes.")
    if shape.without_wave and (chosen := recipe.waves.get("")) in IN_WORDS:
        names = ", ".join(f"'{name}'" for name in shape.without_wave)
        is_or_are = "is" if len(shape.without_wave) == 1 else "are"
        notes.append(f"{names} {is_or_are} {IN_WORDS[Wave(chosen)]}, as chosen.")
    for wave, said in IN_WORDS.items():
        words = [f"'{text}'" for text, one in (shape.waves or {}).items() if one is wave]
        if words:
            notes.append(f"{', '.join(words)} {'is' if len(words) == 1 else 'are'} {said}.")
    return notes + [
        f"Where the rows of an outcome differ in {name} ({made.differing[f'c{place}']:,}), "
        "that of the follow-up counts."
        for name, place in [*matching.columns.items(), *_targets(shape)]
        if name not in keys and made.differing.get(f"c{place}")
    ]


def _targets(shape: Shape) -> list[tuple[str, int]]:
    """The targets of a file with a row for each wave, which each row may have."""
    return [
        (f"the target of {one.metric}" if one.metric else "the target", one.place)
        for one in shape.sources
        if one.part is Part.TARGET and shape.has_waves
    ]
