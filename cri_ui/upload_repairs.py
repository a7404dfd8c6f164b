"""What is wrong with a file, put right on the page: by value, by column, cell by cell."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import streamlit as st

from cri_data.schema import Column, Dataset
from cri_data.upload.class_repairs import UNKNOWN, ClassRepair, class_repairs
from cri_data.upload.loading import Loading
from cri_data.upload.meaning import known_values, likely_meaning
from cri_data.upload.names import match_agencies, remember
from cri_data.upload.naming import named_rows
from cri_data.upload.problems import AGENCY_NOT_CERTAIN
from cri_data.upload.recipe import Recipe
from cri_data.upload.rejects import rejected_rows
from cri_ui import session, ui
from cri_ui.upload_decisions import Decided, fill_blanks
from cri_ui.words import count_of, plain_markdown

# So many different values, and rejected rows, are put right on the page; more
# are a matter for the file itself.
_VALUES = 40
_ROWS = 200

# So many classes of problems are offered for one click.
_CLASSES = 8

_LEAVE_BLANK = "(blank)"

_ORDERS = {"mdy": "The month comes first", "dmy": "The day comes first"}


def repairs(decided: Decided, looked: Loading) -> None:
    """Draw what can be put right here. What is decided is checked at once."""
    problems = looked.checked.problems
    dataset = looked.prepared.dataset
    dates = _dates_to_ask(decided, problems)
    values = _values_to_ask(decided, dataset, problems)
    named = uncertain_names(looked) if looked.checked.counts.rejected else []
    classes = _class_repairs(decided, looked)
    if not (dates or values or classes or looked.checked.counts.rejected):
        return
    with st.container(border=True):
        st.subheader("Put it right here")
        ui.note(
            "Every change is checked at once and stored with the file when it is "
            "committed. The file itself stays as it is."
        )
        for column in dates:
            _date_order(decided, column)
        _classes(decided, looked, classes)
        if values:
            _values(decided, values)
        if named:
            _names(decided, named)
        if looked.checked.counts.rejected:
            _cells(decided, looked)


def _dates_to_ask(decided: Decided, problems: pd.DataFrame) -> list[str]:
    asked = problems.loc[problems["rule"] == "ambiguous_date", "column"]
    return list(dict.fromkeys([*decided.recipe.date_orders, *asked]))


def _date_order(decided: Decided, column: str) -> None:
    key = f"order_{decided.key}_{column}"

    def take() -> None:
        orders = {**decided.recipe.date_orders, column: st.session_state[key]}
        decided.recipe = replace(decided.recipe, date_orders=orders)

    known = decided.recipe.date_orders.get(column)
    st.radio(
        f"In dates of {column} such as 1/2/2018",
        list(_ORDERS),
        index=list(_ORDERS).index(known) if known else None,
        format_func=_ORDERS.get,
        horizontal=True,
        key=key,
        on_change=take,
    )


# -- Whole classes -------------------------------------------------------------


def _class_repairs(decided: Decided, looked: Loading) -> list[ClassRepair]:
    dataset, problems = looked.prepared.dataset, looked.checked.problems
    with session.store().cursor() as cursor:
        return class_repairs(cursor, dataset, problems, decided.recipe)


def _classes(decided: Decided, looked: Loading, classes: list[ClassRepair]) -> None:
    blank = _blank_in(looked.checked.problems, looked.prepared.dataset)
    if not classes and not blank:
        return
    st.markdown("**Many at once.** What you choose here is done to all such cells.")
    with st.container(horizontal=True):
        for place, repair in enumerate(classes[:_CLASSES]):
            st.button(
                plain_markdown(repair.name),
                icon=":material/auto_fix_high:",
                key=f"class_{decided.key}_{place}",
                on_click=_take_recipe(decided, repair.recipe),
            )
    if blank:
        with st.grid(3):
            for name, rows in blank.items():
                _fill(decided, name, rows)


def _take_recipe(decided: Decided, recipe: Recipe) -> Callable[[], None]:
    def take() -> None:
        # The choices below show what was taken here.
        for name, instead in recipe.values.items():
            for text, meant in instead.items():
                st.session_state[_value_key(decided, name, text)] = meant or _LEAVE_BLANK
        decided.recipe = recipe

    return take


def _blank_in(problems: pd.DataFrame, dataset: Dataset) -> dict[str, int]:
    """Required columns that are blank, and in how many rows; an id is never one for all."""
    blank = problems.loc[problems["rule"] == "required_missing", "column"].value_counts()
    return {name: rows for name, rows in blank.items() if name != dataset.key}


def _fill(decided: Decided, name: str, rows: int) -> None:
    key = f"fill_{decided.key}_{name}"

    def take() -> None:
        text = st.session_state[key].strip()
        if text:
            fill_blanks(decided, name, text)

    st.text_input(
        f"{name} is blank in {count_of(rows, 'row')}: take for all",
        key=key,
        on_change=take,
    )


# -- Values --------------------------------------------------------------------


def _values_to_ask(
    decided: Decided, dataset: Dataset, problems: pd.DataFrame
) -> list[tuple[Column, str, int]]:
    """(column, text, rows) of every text that is unknown or was decided."""
    by_column = {column.name: column for column in dataset.columns}
    unknown = problems[problems["rule"].isin(UNKNOWN)]
    counted = unknown.groupby(["column", "value"]).size().sort_values(ascending=False)
    asked = {
        (name, text): 0
        for name, instead in decided.recipe.values.items()
        for text in instead
    } | {pair: int(rows) for pair, rows in counted.items()}
    return [
        (by_column[name], text, rows)
        for (name, text), rows in list(asked.items())[:_VALUES]
        if by_column[name].refers_to != "agencies"
    ]


def _values(decided: Decided, values: list[tuple[Column, str, int]]) -> None:
    st.markdown("**Values that mean nothing here.** Choose what each stands for.")
    with session.store().cursor() as cursor:
        known = {column.name: known_values(cursor, column) for column, _, _ in values}
    with st.grid(3):
        for column, text, rows in values:
            _value(decided, column, text, rows, known[column.name])


def _value(
    decided: Decided, column: Column, text: str, rows: int, known: dict[str, str]
) -> None:
    key = _value_key(decided, column.name, text)
    taken = decided.recipe.values.get(column.name, {}).get(text)
    options = list(dict.fromkeys(known.values()))
    likely = likely_meaning(text, known)
    if likely:
        options.remove(likely)
        options.insert(0, likely)
    if not column.required:
        options.append(_LEAVE_BLANK)
    shown = _LEAVE_BLANK if taken == "" else taken
    # Not by its index: a choice that begins with one cannot be cleared.
    st.session_state.setdefault(key, shown if shown in options else None)
    st.selectbox(
        f"{plain_markdown(column.name)}: {plain_markdown(text)}"
        + (f" ({count_of(rows, 'row')})" if rows else ""),
        options,
        index=None,
        placeholder=f"Did you mean {likely}?" if likely else "Choose",
        key=key,
        on_change=_take_value(decided, column.name, text, key),
    )


def _value_key(decided: Decided, name: str, text: str) -> str:
    return f"value_{decided.key}_{name}_{text}"


def _take_value(decided: Decided, name: str, text: str, key: str) -> Callable[[], None]:
    def take() -> None:
        chosen = st.session_state[key]
        values = {
            column: dict(instead) for column, instead in decided.recipe.values.items()
        }
        instead = values.setdefault(name, {})
        if chosen is None:
            instead.pop(text, None)
        else:
            instead[text] = "" if chosen == _LEAVE_BLANK else chosen
        values = {column: instead for column, instead in values.items() if instead}
        decided.recipe = replace(decided.recipe, values=values)

    return take


# -- Names of agencies ---------------------------------------------------------


def uncertain_names(looked: Loading) -> list[dict]:
    """Agencies named without certainty, most rows first, with up to three proposals."""
    if not (looked.checked.problems["rule"] == AGENCY_NOT_CERTAIN).any():
        return []
    with session.store().cursor() as cursor:
        named = named_rows(cursor, looked.prepared)
        matched = match_agencies(cursor, named).to_pylist()
    proposed = [name for name in matched if name["proposals"]]
    return sorted(proposed, key=lambda name: -name["rows"])[:_VALUES]


def _names(decided: Decided, named: list[dict]) -> None:
    st.markdown(
        "**Agencies that are not certain.** Confirm which one each name means; it is "
        "remembered for every later file."
    )
    with st.grid(2):
        for place, name in enumerate(named):
            _name(decided, place, name)


def _name(decided: Decided, place: int, name: dict) -> None:
    by_id = {proposal["id"]: proposal for proposal in name["proposals"]}
    key = f"name_{decided.key}_{place}_{name['name']}_{name['state']}"

    def confirm() -> None:
        chosen = st.session_state[key]
        if chosen:
            given = {
                part: [name[part]] for part in ("name", "state", "city") if part in name
            }
            confirmed = pa.table({**given, "record_id": [chosen]})
            with session.store().writing() as cursor:
                remember(cursor, "agencies", confirmed, session.who())

    st.selectbox(
        f"{plain_markdown(name['name'])}, {plain_markdown(name['state'] or '')} "
        f"({count_of(name['rows'], 'row')})",
        list(by_id),
        index=None,
        format_func=lambda i: _proposal(by_id[i]),
        placeholder=f"{count_of(len(by_id), 'proposal')}",
        key=key,
        on_change=confirm,
    )


def _proposal(proposed: dict) -> str:
    """One agency that a name may mean: how alike, and why."""
    return "{name} ({id}), {score:.0%} alike: {reason}".format_map(proposed)


# -- Cells ---------------------------------------------------------------------


def _cells(decided: Decided, looked: Loading) -> None:
    """Draw the rejected rows to be typed over, and take what was typed."""
    file = looked.prepared.file
    # A row whose structure is broken has no cells to type over.
    rows = rejected_rows(file, looked.checked, _ROWS, whole=True)
    rows = _with_repairs(rows, decided)
    if rows.empty:
        return
    st.markdown("**Rejected rows.** Type over what is wrong; the rest is left alone.")
    settled = sum(len(cells) for cells in decided.recipe.repairs.values())
    edited = st.data_editor(
        rows,
        column_config={
            "row": st.column_config.NumberColumn("Row", pinned=True),
            "problems": st.column_config.TextColumn("Problems"),
            **{
                str(place): st.column_config.TextColumn(heading or f"Column {place + 1}")
                for place, heading in enumerate(file.headings)
            },
        },
        column_order=[
            "row",
            "problems",
            *(c for c in rows if c not in ("row", "problems")),
        ],
        disabled=["row", "problems"],
        hide_index=True,
        num_rows="fixed",
        # Another editor after each change: the rows that are left are others.
        key=f"repair_{decided.key}_{settled}_{len(rows)}",
    )
    ui.rows_shown(len(rows), looked.checked.counts.rejected, "rejected row")
    _take_cells(decided, rows, edited)
    _one_row(decided, rows)
    if settled and st.button(
        f"Take back {count_of(settled, 'typed cell')}", key="forget_repairs"
    ):
        decided.recipe = replace(decided.recipe, repairs={})
        st.rerun()


def _one_row(decided: Decided, rows: pd.DataFrame) -> None:
    """The same without a grid, for the keyboard and for screen readers."""
    with st.expander("One row at a time", icon=":material/edit:"):
        number = st.selectbox(
            "Rejected row",
            list(rows["row"]),
            format_func=lambda row: (
                f"{row}: {rows.loc[rows['row'] == row, 'problems'].iloc[0]}"
            ),
            key=f"repair_row_{decided.key}",
        )
        before = rows[rows["row"] == number].iloc[0]
        with st.form(f"repair_form_{decided.key}_{number}"):
            typed = before.to_dict()
            with st.grid(3):
                for place in rows.columns.drop(["row", "problems"]):
                    heading = decided.file.headings[int(place)]
                    typed[place] = st.text_input(
                        plain_markdown(heading) or f"Column {int(place) + 1}",
                        value=before[place],
                        key=f"repair_{decided.key}_{number}_{place}",
                    )
            if st.form_submit_button("Take these cells"):
                _take_cells(decided, before.to_frame().T, pd.DataFrame([typed]))


def _with_repairs(rows: pd.DataFrame, decided: Decided) -> pd.DataFrame:
    """The rows with what was typed so far; columns named by their place, as text."""
    rows = rows.rename(columns=str)
    for row, cells in decided.recipe.repairs.items():
        for heading, text in cells.items():
            place = str(decided.file.headings.index(heading))
            rows.loc[rows["row"] == row, place] = text
    return rows


def _take_cells(decided: Decided, rows: pd.DataFrame, edited: pd.DataFrame) -> None:
    repairs = {row: dict(cells) for row, cells in decided.recipe.repairs.items()}
    edited = edited.set_axis(rows.index)
    typed = edited.fillna("") != rows
    for place in rows.columns.drop(["row", "problems"]):
        for index in rows.index[typed[place]]:
            heading = decided.file.headings[int(place)]
            repairs.setdefault(int(rows.at[index, "row"]), {})[heading] = (
                edited.at[index, place] or ""
            )
    if typed.to_numpy().any():
        decided.recipe = replace(decided.recipe, repairs=repairs)
        st.rerun()
