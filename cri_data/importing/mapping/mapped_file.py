"""The text of each column of a dataset, from the file and a person's choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from cri_data import settings
from cri_data.importing.cells import cell_texts, mapped
from cri_data.importing.mapping.excluded_rows import (
    example_rows,
    file_without,
    file_without_rows,
    rows_left_out,
    total_rows,
)
from cri_data.importing.mapping.headings import Matching
from cri_data.importing.mapping.read_dataset import match_dataset
from cri_data.importing.mapping.shaped_rows import ShapedRows, shaped_rows
from cri_data.importing.mapping.words_for_nothing import blank_words
from cri_data.importing.recipe import Recipe
from cri_data.importing.shaping.wave_headings import NO_METRICS, Metrics
from cri_data.model.counted import count_of
from cri_data.model.datasets import DATASETS, Column, Dataset, Kind
from cri_data.reading import Fault, FileRead

# "Springfield, IL", "St. Louis, Missouri 63101", and "Springfield IL".
_ZIP_BEHIND = r"[\s,]*(?:\d{5}(?:-\d{4})?)?$"
_COMMA = r"^(?P<city>[^,]+),\s*(?P<state>[^,\d]+?)" + _ZIP_BEHIND
_NO_COMMA = r"^(?P<city>[^,]+?)\s+(?P<state>[A-Z]{2})" + _ZIP_BEHIND

_TEXT = pa.string()


@dataclass(frozen=True)
class MappedFile:
    """A file that is read and matched, ready for the check.

    `texts` has the column `row` and a text column for each column that the file provides,
    in the order of the dataset's columns. Texts are trimmed, and blank cells are null.
    `content` is the original file, or None if it is too large to be stored.
    """

    dataset: Dataset
    file: FileRead
    content: bytes | None
    recipe: Recipe
    matching: Matching
    texts: pa.Table
    # Row, state, city, and so on of the agencies that the file names. With the name, if it
    # stands beside the ID.
    named_by: pa.Table | None = None
    # Rows not in `file`: excluded by a person, a template's example, or totals.
    left_out: tuple[Fault, ...] = ()
    # The number of cells that each constant filled.
    filled: Mapping[str, int] = field(default_factory=dict)
    # Which cells have a word for "unknown". They are blank, but never delete values.
    unknown: Mapping[str, pa.ChunkedArray] = field(default_factory=dict)
    # Sentences about choices for an earlier file, and about these words.
    notes: tuple[str, ...] = ()
    # How the outcomes of a file of another shape were made. `row` is then their number.
    shaped: ShapedRows | None = None

    @property
    def record_count(self) -> int:
        """The number of records, including rows that are none because of a problem."""
        failed = self.shaped.failed if self.shaped else 0
        return self.texts.num_rows + len(self.file.faults) + failed


def map_file(
    dataset_name: str,
    file: FileRead,
    content: bytes | None,
    recipe: Recipe,
    metrics: Metrics = NO_METRICS,
) -> MappedFile:
    """Match a file that was read. Raises HeadingsError.

    `content` is the original file for storage, or None if it is too large. `metrics` are
    those that a heading of a file of outcomes may name.
    """
    dataset = DATASETS[dataset_name]
    # Edited cells are used in everything derived from the rows.
    typed = replace(file, rows=_repaired(file, recipe))
    matching = match_dataset(typed, dataset, recipe, metrics)
    decided = rows_left_out(typed, dataset, matching, recipe)
    examples = example_rows(file_without_rows(typed, decided), dataset, matching)
    totals = total_rows(file_without_rows(typed, decided), dataset, matching)
    left_out = (*decided, *examples, *totals)
    file, typed = file_without_rows(file, left_out), file_without_rows(typed, left_out)
    shaped = shaped_rows(typed, dataset, matching, recipe, metrics)
    if shaped:
        file = file_without(file, shaped.no_value)
        typed = replace(typed, rows=shaped.rows)
    rows = typed.rows
    prepared = prepared_texts(typed, dataset, matching, recipe)
    beside = {
        name: cell_texts(rows[f"c{place}"]) for name, place in matching.named_by.items()
    }
    named_by = pa.table({"row": rows["row"], **beside}) if beside else None
    return MappedFile(
        *(dataset, file, content, recipe, matching, prepared.texts, named_by, left_out),
        filled=prepared.filled,
        unknown=prepared.unknown,
        notes=prepared.notes,
        shaped=shaped,
    )


def may_be_kept(content: bytes) -> bool:
    """Whether a file is small enough to be stored."""
    return len(content) <= settings.KEEP_FILE_MB.whole_number() * 1_000_000


def with_texts(prepared: MappedFile, name: str, column: pa.ChunkedArray) -> MappedFile:
    """The file with another column of texts."""
    place = prepared.texts.schema.get_field_index(name)
    return replace(prepared, texts=prepared.texts.set_column(place, name, column))


def with_merged_agencies(prepared: MappedFile, merged: dict[str, str]) -> MappedFile:
    """The file, with IDs of merged agencies replaced by those of the kept agencies."""
    now = {gone: _followed(gone, merged) for gone in merged}
    for column in prepared.dataset.columns:
        is_given = column.name in prepared.texts.column_names
        if now and column.refers_to == "agencies" and is_given:
            texts = mapped(prepared.texts[column.name], now)
            prepared = with_texts(prepared, column.name, texts)
    return prepared


def _followed(agency_id: str, merged: dict[str, str]) -> str:
    seen: set[str] = set()
    while agency_id in merged and agency_id not in seen:
        seen.add(agency_id)
        agency_id = merged[agency_id]
    return agency_id


@dataclass(frozen=True)
class PreparedTexts:
    """Fields of MappedFile that come from its cells and the choices about them."""

    texts: pa.Table
    filled: Mapping[str, int]
    unknown: Mapping[str, pa.ChunkedArray]
    notes: tuple[str, ...]


def prepared_texts(
    file: FileRead, dataset: Dataset, matching: Matching, recipe: Recipe
) -> PreparedTexts:
    """The texts of MappedFile, from a file that already has the edited cells."""
    rows = file.rows
    columns: dict[str, pa.ChunkedArray] = {}
    for name, place in matching.columns.items():
        columns[name] = cell_texts(rows[f"c{place}"])
    for name in matching.shape.provides if matching.shape else ():
        columns[name] = cell_texts(rows[name])
    if matching.city_state is not None:
        columns |= _split(cell_texts(rows[f"c{matching.city_state}"]), columns)
    for name, places in matching.lists.items():
        columns[name] = _joined([cell_texts(rows[f"c{place}"]) for place in places])
    filled: dict[str, int] = {}
    notes: list[str] = []
    for name, text in matching.constants.items():
        other = _other_than(columns.get(name), text) if _is_remembered(recipe, name) else ""
        if other:
            notes.append(_said_of_unused(recipe, name, text, other))
            continue
        filled[name] = columns[name].null_count if name in columns else rows.num_rows
        columns[name] = _where_blank(columns.get(name), text, rows.num_rows)
    for name, instead in recipe.values.items():
        if name in columns:
            notes += _said_of_values(recipe, name, columns[name])
            is_list = dataset.column(name).kind is Kind.ID_LIST
            columns[name] = (_mapped_within if is_list else mapped)(columns[name], instead)
    unknown: dict[str, pa.ChunkedArray] = {}
    for column in dataset.columns:
        if column.name in columns:
            found = blank_words(column, columns[column.name])
            if found:
                columns[column.name], unknown[column.name], note = found
                notes.append(note)
    if matching.makes_ids:
        # They are made when engagement and metric are known (validation/outcome_ids.py).
        columns[dataset.key] = pa.chunked_array([pa.nulls(rows.num_rows, _TEXT)])
    known = [column.name for column in dataset.columns if column.name in columns]
    texts = pa.table({"row": rows["row"], **{name: columns[name] for name in known}})
    return PreparedTexts(texts, filled, unknown, tuple(notes))


def _is_remembered(recipe: Recipe, name: str) -> bool:
    remembered = recipe.remembered
    return bool(remembered and remembered.constants.get(name) == recipe.constants.get(name))


def _other_than(column: pa.ChunkedArray | None, text: str) -> str:
    """A text of the column that is not the constant, or "" if there is none."""
    if column is None:
        return ""
    others = column.filter(pc.fill_null(pc.not_equal(column, text), fill_value=False))
    return others[0].as_py() if len(others) else ""


def _said_of_unused(recipe: Recipe, name: str, text: str, other: str) -> str:
    source = recipe.remembered.source if recipe.remembered else ""
    return (
        f"'{text}', chosen for {source}, was not filled into blank cells of {name}: this "
        f"file has other values there, such as '{other[:60]}'."
    )


def _said_of_values(recipe: Recipe, name: str, column: pa.ChunkedArray) -> list[str]:
    """Which remembered meanings were used, and in how many rows."""
    remembered = recipe.remembered
    if remembered is None:
        return []
    meanings = remembered.values.get(name, {})
    used = {text: new for text, new in recipe.values[name].items() if text in meanings}
    counted = pc.value_counts(column.filter(pc.is_in(column, pa.array([*used], _TEXT))))
    return [
        f"{name}: '{one['values']}' is read as '{used[one['values']] or '(blank)'}' in "
        f"{count_of(one['counts'], 'row')}, as chosen for {remembered.source}."
        for one in counted.to_pylist()
    ]


def with_blank_words(prepared: MappedFile, column: Column) -> MappedFile:
    """The file with the words for "no value" in this column as blank cells, and a note."""
    found = blank_words(column, prepared.texts[column.name])
    if not found:
        return prepared
    texts, is_word, note = found
    before = prepared.unknown.get(column.name)
    unknown = is_word if before is None else pc.or_(before, is_word)
    return replace(
        with_texts(prepared, column.name, texts),
        unknown={**prepared.unknown, column.name: unknown},
        notes=(*prepared.notes, note),
    )


def _repaired(file: FileRead, recipe: Recipe) -> pa.Table:
    """The rows with the cells that a person edited."""
    rows = file.rows
    typed: dict[int, dict[int, str]] = {}
    for row, cells in recipe.repairs.items():
        for heading, text in cells.items():
            if heading in file.headings:
                typed.setdefault(file.headings.index(heading), {})[row] = text
    for place, texts in typed.items():
        found = pc.index_in(rows["row"], value_set=pa.array(list(texts), pa.int64()))
        instead = pc.take(pa.array(list(texts.values()), _TEXT), found)
        name = f"c{place}"
        column = pc.if_else(pc.is_valid(found), instead, rows[name])
        rows = rows.set_column(rows.schema.get_field_index(name), name, column)
    return rows


def _split(
    texts: pa.ChunkedArray, known: dict[str, pa.ChunkedArray]
) -> dict[str, pa.ChunkedArray]:
    """City and state from one cell. Any other text is a city."""
    ways = [pc.extract_regex(texts, pattern) for pattern in (_COMMA, _NO_COMMA)]
    city = pc.coalesce(*(pc.struct_field(parts, "city") for parts in ways), texts)
    state = pc.coalesce(*(pc.struct_field(parts, "state") for parts in ways))
    split = {"city": cell_texts(city), "state": cell_texts(state)}
    return {name: column for name, column in split.items() if name not in known}


def _joined(columns: list[pa.ChunkedArray]) -> pa.ChunkedArray:
    """Several cells as one list with semicolons, without blank ones."""
    # With null handling "skip", a row whose cells are all null would be lost.
    filled = [pc.fill_null(column, "") for column in columns]
    joined = pc.binary_join_element_wise(*filled, ";")
    without_gaps = pc.replace_substring_regex(joined, ";{2,}", ";")
    return cell_texts(pc.utf8_trim(without_gaps, ";"))


def _where_blank(column: pa.ChunkedArray | None, text: str, rows: int) -> pa.ChunkedArray:
    if column is None:
        return pa.chunked_array([pa.array([text], _TEXT).take(pa.array([0] * rows))])
    return pc.coalesce(column, pa.scalar(text, _TEXT))


def _mapped_within(column: pa.ChunkedArray, instead: Mapping[str, str]) -> pa.ChunkedArray:
    """The column of lists with each of these IDs replaced, all at once."""
    different = pc.unique(pc.drop_null(column)).to_pylist()
    meant = {text: _list_of(text, instead) for text in different}
    return mapped(column, {text: new for text, new in meant.items() if new != text})


def _list_of(text: str, instead: Mapping[str, str]) -> str:
    """The list with its IDs replaced. Those replaced by "" are left out."""
    if text in instead:
        return instead[text]
    given = [part.strip() for part in text.split(";")]
    if not any(part in instead for part in given):
        return text
    meant = [instead.get(part, part) for part in given]
    return ";".join(part for part in meant if part)
