"""Rows whose wave is not known, or of which several are the same wave of an outcome."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.cells import cell_texts
from cri_data.importing.problems import LONGEST
from cri_data.importing.shaping.origins import outcome_row
from cri_data.importing.shaping.reshape import UNKNOWN, WAVES, Reshaped
from cri_data.importing.shaping.shape import Shape
from cri_data.importing.shaping.waves import IN_WORDS
from cri_data.importing.staging import FOUND_PROBLEMS
from cri_data.model.problem_rules import ONLY, Rule, Severity, message
from cri_data.reading import FileRead

_COLUMNS = FOUND_PROBLEMS.columns.split(", ")


def wave_problems(
    file: FileRead,
    rows: pa.Table,
    shape: Shape,
    keys: list[pa.ChunkedArray],
    made: Reshaped,
) -> pd.DataFrame:
    """The problems, with the columns of FOUND_PROBLEMS. `keys` identify outcomes."""
    if shape.wave_place is None:
        return pd.DataFrame(columns=_COLUMNS)
    cells = made.cells
    unknown = cells[cells["wave"] == UNKNOWN].drop_duplicates("row")
    twice = cells[cells["is_repeated"]]
    names = _outcome_names(file, shape, keys, twice)
    said = _said_of_repeated(file, twice, names)
    rows_of_twice = outcome_row(twice["row"].to_numpy(), twice["metric"].to_numpy())
    words = _at(_words(rows, shape), unknown)
    found = [
        _problems(Rule.WAVE_UNKNOWN, unknown["row"], words).assign(
            column_name=file.headings[shape.wave_place],
            message=[_said_of_unknown(word) for word in words],
        ),
        _problems(Rule.WAVE_REPEATED, rows_of_twice, [*names]).assign(
            column_name="", message=said
        ),
    ]
    return pd.concat(found)[_COLUMNS]


def _words(rows: pa.Table, shape: Shape) -> pa.ChunkedArray:
    return pc.fill_null(cell_texts(rows[f"c{shape.wave_place}"]), "")


def _at(texts: pa.ChunkedArray, cells: pd.DataFrame) -> list[str]:
    return texts.take(pa.array(cells["at"].to_numpy())).to_pylist()


def _problems(rule: Rule, rows: pd.Series | np.ndarray, values: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": np.asarray(rows),
            "value": [value[:LONGEST] for value in values],
            "rule": str(rule),
            "severity": str(Severity.ERROR),
        }
    )


def _said_of_unknown(word: str) -> str:
    return message(Rule.WAVE_UNKNOWN, ONLY if word else "blank")


def _outcome_names(
    file: FileRead, shape: Shape, keys: list[pa.ChunkedArray], cells: pd.DataFrame
) -> pd.Series:
    """What identifies the outcome of each of these cells: its keys, and its column."""
    names = pd.DataFrame({place: _at(key, cells) for place, key in enumerate(keys)})
    if shape.is_wide:
        columns = {one.metric: file.headings[one.place] for one in shape.sources}
        headings = [columns[metric] for metric in shape.metrics]
        names["heading"] = [headings[number] for number in cells["metric"]]
    joined = [", ".join(texts) for texts in names.itertuples(index=False, name=None)]
    return pd.Series(joined, cells.index, dtype=str)


def _said_of_repeated(file: FileRead, twice: pd.DataFrame, names: pd.Series) -> list[str]:
    """For each of these cells, which rows are the same wave of its outcome."""
    by_wave = twice.assign(name=names).groupby(["group", "wave"])
    counted = (
        by_wave["row"].agg(["first", "last", "size"]).assign(name=by_wave["name"].first())
    )
    several = counted[counted["size"] > 1].reset_index("wave")
    # Of an outcome with two rows of each wave, the first wave is named.
    several = several[~several.index.duplicated()]
    said = {
        group: message(
            Rule.WAVE_REPEATED,
            "two" if size == 2 else "more",
            first=file.row_name(first),
            last=file.row_name(last),
            rows=size,
            wave=IN_WORDS[WAVES[wave]],
            outcome=name,
        )
        for group, wave, first, last, size, name in several.itertuples(name=None)
    }
    return [said[group] for group in twice["group"]]
