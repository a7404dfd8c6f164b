"""Recognize the IDs of stored records although programs changed their spelling.

An ID that is stored as written always means itself. Another one means the only stored
record of the same form (matching/id_forms.py). Several spellings of a new ID in one file
are one record, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression as Col
from duckdb import DuckDBPyConnection

from cri_data.importing.cells import mapped
from cri_data.importing.mapping.mapped_file import MappedFile, with_blank_words, with_texts
from cri_data.importing.matching.id_forms import id_forms, id_texts, loose_forms
from cri_data.importing.problems import LONGEST, CellProblem
from cri_data.model.datasets import DATASETS, Column, Dataset, Kind
from cri_data.model.problem_rules import Rule, Severity, message

# The most stored IDs that a message lists.
_LISTED = 3

_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_ISO_DAY = r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
# As spreadsheets show a day, and 2.02E+11 as they show many digits.
_DATE = (
    rf"^(?:\d\d?[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|{_MONTH}[-/ ]\d{{2,4}}"
    rf"|\d\d?/\d\d?/\d{{2,4}}|{_ISO_DAY[1:]}(?:[ T]\d\d:\d\d(?::\d\d)?)?)$"
)
_DIGITS_LOST = r"^\d(?:\.\d+[eE]\+?|[eE]\+)\d\d?$"
_SHAPED_LIKE_DAYS = r"^\d{4}-\d\d-\d\d$"

_TEXT = pa.string()


@dataclass(frozen=True)
class _Meant:
    """What each unusual text of a column means.

    `read_as` has the IDs to use. `said` has, by text, the rule, severity, and message of
    those to report.
    """

    read_as: dict[str, str] = field(default_factory=dict)
    said: dict[str, tuple[Rule, Severity, str]] = field(default_factory=dict)


def with_known_ids(
    cursor: DuckDBPyConnection, prepared: MappedFile, merged: dict[str, str]
) -> tuple[MappedFile, list[CellProblem]]:
    """The file with the stored spelling of its IDs, and what to say about them.

    `merged` has the former IDs of agencies, which are known, too.
    """
    found: list[CellProblem] = []
    for column in _present(prepared, Kind.ID):
        meant = _meant(cursor, prepared, column, merged)
        found += _problems(prepared.texts, column, meant)
        if meant.read_as:
            texts = mapped(prepared.texts[column.name], meant.read_as)
            prepared = with_texts(prepared, column.name, texts)
    return prepared, found


def with_visible_ids(prepared: MappedFile) -> MappedFile:
    """The file with its IDs as a person sees them."""
    for column in _present(prepared, Kind.ID, Kind.ID_LIST):
        texts = id_texts(prepared.texts[column.name])
        if texts is not prepared.texts[column.name]:
            # What a spreadsheet protected may be a word for no value: ="NULL".
            prepared = with_texts(prepared, column.name, texts)
            prepared = with_blank_words(prepared, column)
    return prepared


def _present(prepared: MappedFile, *kinds: Kind) -> list[Column]:
    return [
        column
        for column in prepared.dataset.columns
        if column.kind in kinds and column.name in prepared.texts.column_names
    ]


def _meant(
    cursor: DuckDBPyConnection,
    prepared: MappedFile,
    column: Column,
    merged: dict[str, str],
) -> _Meant:
    dataset, texts = prepared.dataset, prepared.texts[column.name]
    is_key = column.name == dataset.key
    target = dataset if is_key else DATASETS[column.refers_to or dataset.name]
    known = _known_ids(cursor, target, merged)
    unknown = _unknown(texts, known, is_key)
    if not is_key and target is dataset:
        # A row may refer to another row of the same file.
        known = pc.unique(pa.concat_arrays([known, _joined(prepared, dataset.key)]))
        unknown = _unknown(texts, known, is_key)
    if not len(unknown):
        return _Meant()
    of_agencies = target.name == "agencies"
    meant = _of_stored(unknown, known, target, column, of_agencies)
    _say_changed(texts, unknown, column, meant)
    if is_key:
        _add_spellings(unknown, meant, target, of_agencies)
    return meant


def _known_ids(
    cursor: DuckDBPyConnection, target: Dataset, merged: dict[str, str]
) -> pa.Array:
    key = cursor.table(target.name).select(Col(target.key).alias("id"))
    stored = key.to_arrow_table()["id"].cast(_TEXT).combine_chunks()
    former = list(merged) if target.name == "agencies" else []
    return pa.concat_arrays([stored, pa.array(former, _TEXT)]) if former else stored


def _joined(prepared: MappedFile, name: str) -> pa.Array:
    return pc.drop_null(prepared.texts[name]).combine_chunks()


def _unknown(texts: pa.ChunkedArray, known: pa.Array, is_key: bool) -> pa.ChunkedArray:
    """The texts that are no known ID. Those of a key may be repeated, others are not."""
    different = texts if is_key else pa.chunked_array([pc.unique(texts)], _TEXT)
    if len(known):
        is_known = pc.is_in(different, value_set=known)
        different = different.filter(pc.invert(is_known))
    return different.drop_null()


def _of_stored(
    unknown: pa.ChunkedArray,
    known: pa.Array,
    target: Dataset,
    column: Column,
    of_agencies: bool,
) -> _Meant:
    """The stored records of which unknown texts have the form."""
    meant = _Meant()
    if not len(known):
        return meant
    given, stored = unknown, id_texts(pa.chunked_array([known]))
    for form in (lambda texts: id_forms(texts, of_agencies), loose_forms):
        given, stored = form(given), form(stored)
        is_like = pc.is_in(given, value_set=stored.combine_chunks())
        if not pc.any(is_like).as_py():
            continue
        ids = _ids_by_form(known, stored, given.filter(is_like))
        pairs = zip(
            unknown.filter(is_like).to_pylist(),
            given.filter(is_like).to_pylist(),
            strict=True,
        )
        for text, like in dict(pairs).items():
            if text not in meant.said:
                _settle(text, ids[like], target, column, meant)
    return meant


def _ids_by_form(
    known: pa.Array, forms: pa.ChunkedArray, wanted: pa.ChunkedArray
) -> dict[str, list[str]]:
    is_wanted = pc.is_in(forms, value_set=wanted.combine_chunks())
    ids: dict[str, list[str]] = {}
    for record_id, form in zip(
        known.filter(is_wanted.combine_chunks()).to_pylist(),
        forms.filter(is_wanted).to_pylist(),
        strict=True,
    ):
        ids.setdefault(form, []).append(record_id)
    return ids


def _settle(
    text: str, ids: list[str], target: Dataset, column: Column, meant: _Meant
) -> None:
    """Note what a text means: the only record of its form, or what to ask."""
    if len(ids) == 1:
        meant.read_as[text] = ids[0]
        said = message(Rule.SAME_RECORD, row_is=target.row_is, id=ids[0])
        meant.said[text] = (Rule.SAME_RECORD, Severity.WARNING, said)
        return
    listed = ", ".join(f"'{one}'" for one in sorted(ids)[:_LISTED])
    said = message(Rule.ID_NOT_CERTAIN, dataset=target.name, column=column.name, ids=listed)
    meant.said[text] = (Rule.ID_NOT_CERTAIN, Severity.ERROR, said)


def _say_changed(
    texts: pa.ChunkedArray, unknown: pa.ChunkedArray, column: Column, meant: _Meant
) -> None:
    """Note the texts that are no ID any more: dates, and numbers without their digits."""
    for pattern, case in ((_DATE, "date"), (_DIGITS_LOST, "digits")):
        like = pc.match_substring_regex(unknown, pattern)
        if not pc.any(like).as_py() or (case == "date" and _are_no_days(texts)):
            continue
        said = message(Rule.ID_CHANGED, case, column=column.name)
        for text in pc.unique(unknown.filter(like)).to_pylist():
            if text not in meant.said:
                meant.said[text] = (Rule.ID_CHANGED, Severity.ERROR, said)


def _are_no_days(texts: pa.ChunkedArray) -> bool:
    """Whether IDs of the shape 2024-01-24 are numbered beyond the days of a month."""
    shaped = pc.drop_null(texts)
    shaped = shaped.filter(pc.match_substring_regex(shaped, _SHAPED_LIKE_DAYS))
    days = pc.match_substring_regex(shaped, _ISO_DAY)
    return not pc.all(days, min_count=0).as_py()


def _add_spellings(
    unknown: pa.ChunkedArray, meant: _Meant, target: Dataset, of_agencies: bool
) -> None:
    """Note the spellings of one new ID in a file: the first in order of text is used."""
    forms = loose_forms(id_forms(unknown, of_agencies))
    if forms is unknown or pc.count_distinct(forms) == pc.count_distinct(unknown):
        return
    spellings: dict[str, set[str]] = {}
    for text, form in zip(unknown.to_pylist(), forms.to_pylist(), strict=True):
        if text not in meant.said:
            spellings.setdefault(form, set()).add(text)
    for texts in spellings.values():
        used = min(texts)
        for text in texts - {used}:
            meant.read_as[text] = used
            said = message(Rule.SAME_RECORD, row_is=target.row_is, id=used)
            meant.said[text] = (Rule.SAME_RECORD, Severity.WARNING, said)


def _problems(texts: pa.Table, column: Column, meant: _Meant) -> Iterator[CellProblem]:
    if not meant.said:
        return
    given = texts[column.name]
    is_said = pc.is_in(given, value_set=pa.array(list(meant.said), _TEXT))
    rows = texts["row"].filter(is_said).to_pylist()
    for row, text in zip(rows, given.filter(is_said).to_pylist(), strict=True):
        rule, severity, said = meant.said[text]
        yield row, column.name, text[:LONGEST], rule, severity, said
