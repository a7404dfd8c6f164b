"""The result of checking a file: counts, problems, changes, and new records."""

from typing import Any

import pandas as pd
import streamlit as st

from cri_data.importing.commit.commit import answer_after
from cri_data.importing.mapping.accounts import account_of
from cri_data.importing.problems import of_rules_and_columns, problem_kinds
from cri_data.importing.service import ImportResult
from cri_data.importing.validation.diff import SHOWN
from cri_data.model.problem_rules import RULES
from cri_data.reading import FileRead
from cri_data.store.rows import table_rows
from cri_ui.components import columns, downloads, html_table, page
from cri_ui.components.text import UNKNOWN, count_of, plain_line, plain_markdown
from cri_ui.session import session
from cri_ui.views.headlines import HEADLINES, headline_values
from cri_ui.views.upload import messages

# Most kinds of problems in the list. The table has all problems.
_KINDS = 50

# What the first number counts, by the name of its things.
_COUNTED = {
    "row": "Data rows in the file, except excluded rows.",
    "outcome": "Outcomes made from the rows of the file, and rows that are none.",
}


def counts(loading: ImportResult) -> None:
    """Draw how many rows are new, changed, unchanged, and rejected."""
    counted, what = loading.checked.counts, messages.record(loading)
    with st.grid(5, min_column_width=130):
        for label, number, meaning in (
            (f"{what.capitalize()}s", counted.rows, _COUNTED[what]),
            ("New", counted.inserted, "Records that are not stored yet."),
            ("Changed", counted.updated, "Records whose stored values change."),
            ("Unchanged", counted.unchanged, "Records that match what is stored."),
            ("Rejected", counted.rejected, "Rows to fix before they can be loaded."),
        ):
            st.metric(label, f"{number:,}", help=meaning, border=True)
    page.note(_how_it_was_read(loading))


def headlines_after(loading: ImportResult) -> None:
    """Draw the button that shows the headline numbers after this upload."""
    if not loading.checked.counts.changes_something:
        return
    key = "headlines_after"
    if not st.button("Effect on headline numbers", icon=":material/query_stats:", key=key):
        return
    with st.spinner("Calculating…"):
        table = headlines_now_and_after(loading)
    html_table.draw(table, "Each headline number now and after this upload, for all years.")


def headlines_now_and_after(loading: ImportResult) -> pd.DataFrame:
    """Each headline number over all years, now and after a commit, as text."""
    few = session.suppress_below()
    viewer = session.viewer()
    now = session.fetch("headlines", viewer, suppress_below=few)
    after = answer_after(
        session.store(), loading.prepared, "headlines", viewer, suppress_below=few
    )
    return pd.DataFrame(
        {
            "Headline": [HEADLINES[name].label for name in now["headline"]],
            "Now": headline_values(now),
            "After this upload": headline_values(after),
        }
    )


def details(loading: ImportResult) -> None:
    """Draw the problems, the differences, and the new records."""
    _problems(loading)
    _differences(loading)
    _new_records(loading)


def _how_it_was_read(loading: ImportResult) -> str:
    file = loading.prepared.file
    blank = "clears" if loading.prepared.recipe.blanks_erase else "keeps"
    written = "a workbook"
    if file.encoding:
        written = f"{file.encoding.upper()}, separated by {file.dialect.separator_name}"
    text = f"Read as {written}. A blank cell {blank} the stored value."
    if loading.prepared.matching.left_out:
        names = ", ".join(
            plain_markdown(name) for name in loading.prepared.matching.left_out
        )
        text += f" Ignored columns: {names}."
    of_headings, of_rows = loading.prepared.matching.notes, loading.checked.notes
    of_file = account_of(loading.prepared).in_words
    shaped = loading.prepared.shaped
    of_shape = shaped.notes if shaped else ()
    notes = (*file.notes, *of_shape, *of_file, *of_headings, *of_rows)
    return " ".join([text, *map(plain_markdown, notes)])


def _problems(loading: ImportResult) -> None:
    problems = loading.checked.problems
    if problems.empty:
        return
    with st.container(border=True):
        st.header("Problems")
        problems = _chosen(problems)
        kinds = problem_kinds(problems).drop(columns="rule").head(_KINDS)
        file = loading.prepared.file
        problems = _with_row_names(problems, file)
        html_table.draw(
            _kinds_in_words(kinds, file),
            "Problems by kind, with the number of rows and the first row.",
        )
        with st.expander(f"All problems ({len(problems):,})"):
            st.dataframe(
                problems.head(SHOWN),
                column_config=columns.formats(problems),
                hide_index=True,
                placeholder=UNKNOWN,
                alt="All problems, with row, column, value, and how to fix each.",
            )
            page.rows_shown(min(len(problems), SHOWN), len(problems), "problem")
            page.download(problems, "problems", f"Problems of {file.name}")
        if loading.checked.counts.rejected:
            rejected = loading.checked.counts.rejected_rows
            downloads.button(
                f"Download {count_of(rejected, 'rejected row')}",
                downloads.Export(
                    f"rejected {loading.prepared.dataset.name}",
                    lambda: downloads.Taken(loading.rejects, rejected),
                ),
                file_name=f"rejected_{loading.prepared.dataset.name}.csv",
                help="The original columns plus row number and problems. Correct the rows, "
                "then upload this file.",
                key="download_rejects",
            )


def _chosen(problems: pd.DataFrame) -> pd.DataFrame:
    """Draw the filters of the problems. Returns the filtered problems."""
    by_rule = problems["rule"].value_counts()
    by_column = problems["column"].value_counts()
    if len(by_rule) == 1 and len(by_column) == 1:
        return problems
    with st.grid(2):
        rules = st.multiselect(
            "Show only these problems",
            list(by_rule.index),
            format_func=lambda rule: f"{RULES[rule].label} ({by_rule[rule]:,})",
            placeholder="All",
            key="problem_rules",
        )
        names = st.multiselect(
            "Show only these columns",
            list(by_column.index),
            format_func=lambda name: f"{name or 'the row'} ({by_column[name]:,})",
            placeholder="All",
            key="problem_columns",
        )
    return of_rules_and_columns(problems, rules, names)


def _kinds_in_words(kinds: pd.DataFrame, file: FileRead) -> pd.DataFrame:
    """The kinds of problems for people, with the whole text in one column.

    On a narrow screen, more columns would leave no room for the text.
    """
    return pd.DataFrame(
        {
            "Problem": [
                f"{kind.severity.capitalize()}: {plain_line(_where(kind))}\n"
                f"{plain_line(kind.message)}"
                for kind in table_rows(kinds)
            ],
            "Rows": [f"{rows:,}" for rows in kinds["rows"]],
            "First row": [file.row_name(row) for row in kinds["first_row"]],
        }
    )


def _where(kind: Any) -> str:
    """The column and the value of a kind of problem."""
    return f"{kind.column} {kind.value}".strip() or "the row"


def _differences(loading: ImportResult) -> None:
    differences = loading.checked.differences
    if differences.empty:
        return
    with st.container(border=True):
        st.header("Changed records")
        _first(differences, "value")
        st.dataframe(
            differences,
            column_config=columns.formats(differences),
            hide_index=True,
            placeholder=UNKNOWN,
            alt="Changed values by record and column, before and after.",
        )


def _new_records(loading: ImportResult) -> None:
    new = loading.checked.new
    if new.empty:
        return
    with st.container(border=True):
        st.header("New records")
        _first(new, "record")
        shown = _with_row_names(new, loading.prepared.file)
        shown = shown.dropna(axis="columns", how="all")
        st.dataframe(
            shown,
            hide_index=True,
            placeholder=UNKNOWN,
            alt="New records as they will be stored.",
        )


def _with_row_names(rows: pd.DataFrame, file: FileRead) -> pd.DataFrame:
    """The rows with the sheet of each, if there are several."""
    if not file.has_sheets:
        return rows
    return rows.assign(row=[file.row_name(row) for row in rows["row"]])


def _first(rows: pd.DataFrame, what: str) -> None:
    if len(rows) == SHOWN:
        page.note(f"The first {SHOWN:,} {what}s.")
