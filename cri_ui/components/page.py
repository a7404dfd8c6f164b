"""Parts that pages share: notes, charts with their tables, grids, and downloads."""

import html
import json
from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from cri_data.settings import SUPPRESS_BELOW
from cri_data.store.query_files import question_named
from cri_ui.components import columns, downloads, html_table, scope
from cri_ui.components.downloads import guarded_csv, guarded_workbook
from cri_ui.components.drawings import draw_once, is_dark
from cri_ui.components.flash import said
from cri_ui.components.text import UNKNOWN, count_of, day, escaped, plain_markdown
from cri_ui.images.document import Picture
from cri_ui.server import streamlit_internals
from cri_ui.session import session

# Tables up to this many rows are HTML tables, which screen readers handle well;
# longer ones are grids that scroll.
_SHORT = 60

PLOTLY = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False}
_PLOTLY = json.dumps(PLOTLY)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# Streamlit fades what is old only after half a second: until then the old numbers would
# stand under the new filters. That a click waits for a server that has not begun, the
# browser shows nowhere where a style could see it.
_WORKING = """<style>
[data-test-script-state="rerunRequested"] [data-testid="stMain"]
  [data-testid="stElementContainer"],
[data-testid="stMain"] [data-testid="stElementContainer"][data-stale="true"] {
  opacity: 0.35 !important; transition: none !important;
}
/* Where a row or point is chosen by its position: not among old ones. */
:is([data-test-script-state="rerunRequested"], [data-test-script-state="running"])
  [data-testid="stMain"]
  :is([data-testid="stDataFrame"], [data-testid="stDeckGlJsonChart"]) {
  pointer-events: none;
}
[data-test-script-state="rerunRequested"] [data-testid="stMain"]::before,
[data-test-script-state="running"] [data-testid="stMain"]::before {
  content: "Updating…"; position: fixed; top: 0.5rem; left: 50%;
  transform: translateX(-50%); z-index: 1000000; padding: 0.1rem 0.8rem;
  border-radius: 1rem; font-size: 0.875rem; background: #1b2631; color: #ffffff;
}
</style>"""


def say_when_working() -> None:
    """Dim the numbers, and say why, from the server's start until the new ones stand."""
    st.html(_WORKING)


def store_unusable(error: Exception) -> None:
    """Draw the page for a store that cannot be opened."""
    st.title("The store cannot be opened")
    st.error(plain_markdown(error), icon=":material/database_off:")
    note("Fix this, then restart the dashboard.")


def settings_wrong(wrong: tuple[str, ...]) -> None:
    """Draw the page for settings that are not valid."""
    st.title("A setting needs to be fixed")
    for sentence in wrong:
        st.error(plain_markdown(sentence), icon=":material/tune:")
    note("Fix this, then restart the dashboard.")


def demonstration_banner() -> None:
    """Draw the notice that all data is invented."""
    st.warning(
        "**Demonstration data.** All agencies, partners, requests, and numbers are "
        "invented.",
        icon=":material/science:",
    )


def note(text: str) -> None:
    """Draw small text as dark as the page's own; Streamlit's captions are too pale."""
    st.markdown(f":small[{text}]")


def opening(
    what: str,
    filters: bool = True,
    found: str = "",
    record: str = "request",
) -> None:
    """Draw the lines under a page's title: what it shows, and the as-of date.

    With filters, `found`, or `what`, is read out again after each change. Charts
    and lists say which records of this kind they are of.
    """
    st.markdown(what)
    said()
    if filters:
        _announce(found or what.replace("**", ""))
        session.set_scope(scope.of_page(record))
        note(f"Data as of {day(session.info().as_of_on)}")


def _announce(what: str) -> None:
    """Draw a sentence that is only read out: when the page opens, and if it changes."""
    with st.container(key="announced"):
        streamlit_internals.status(what)


def chart(
    figure: Callable[..., dict[str, Any] | str],
    table: pd.DataFrame,
    *how: Hashable,
    name: str,
    title: str,
    alt: str,
    definition: str = "",
    said: str | None = None,
    summary: str = "",
    record: str = "",
) -> None:
    """Draw a figure with its table, text alternative, and download, from one result.

    `figure` makes it from the table and `how`: a Plotly figure, or an HTML table.
    `name` is the name of the download. `alt` says in a sentence what the figure
    shows. `definition` says how its numbers are counted. `said` replaces the
    filters in the download. `summary` is Markdown under the title: what to see.
    `record` is the kind of record that it counts, where it is not the page's.
    """
    line = session.scope()
    if said or record:
        line = scope.with_as_of(said) if said else scope.of_page(record)

    def draw() -> None:
        st.header(title, help=definition or None)
        if summary:
            st.markdown(summary)
        _draw_figure(figure(table, *how), name, alt, line)

    # Side by side, two charts end on one line.
    with st.container(border=True, height="stretch"):
        draw_once(draw, figure, how, name, title, alt, definition, summary, line, of=table)
        twin(
            table,
            name,
            title,
            said,
            definition,
            lambda: _picture(figure(table, *how), title, line, alt),
        )


def twin(
    table: pd.DataFrame,
    name: str,
    title: str,
    said: str | None = None,
    definition: str = "",
    picture: Callable[[], Picture] | None = None,
) -> None:
    """Draw the rows behind a figure or sentence, when opened.

    With their downloads, pictures of the figure if `picture` makes one, and how they are
    computed: `definition`, and the query.
    """
    opened = st.expander(
        "Table and download",
        icon=":material/table_rows:",
        key=f"table_{name}",
        on_change="rerun",
    )
    if opened.open:
        with opened:
            few_hidden(table)
            grid(table, title)
            download(table, name, title, said)
            if picture:
                downloads.pictures(name, picture, session.info().as_of_on)
            _how_computed(table, definition)


def _picture(figure: dict[str, Any] | str, title: str, line: str, alt: str) -> Picture:
    """A figure as a picture shows it: on white, whatever the reader's theme."""
    if session.info().is_demonstration:
        line = f"{line} Demonstration data: all numbers are invented."
    if isinstance(figure, str):
        return Picture(title, figure, False, line, alt)
    _in_ink(figure, "light")
    return Picture(title, as_json(figure), True, line, alt)


def _how_computed(table: pd.DataFrame, definition: str) -> None:
    """Draw the words and the SQL of the query that a table is the result of."""
    question = table.attrs.get(session.QUESTION)
    if not question:
        return
    query = question_named(question)
    with st.popover("How is this computed?", icon=":material/function:", width="content"):
        st.markdown(definition or query.question)
        if query.then:
            note(f"Then `cri_data/statistics/{query.then}.py` adds columns.")
        note(f"`queries/{question}.sql`; its definitions are in `queries/build/`.")
        st.code(query.sql, language=None, wrap_lines=True, height=420)


def _draw_figure(figure: dict[str, Any] | str, name: str, alt: str, line: str) -> None:
    foot = f'<p class="scope">{escaped(line)}</p>' if line else ""
    if not (figure if isinstance(figure, str) else figure["data"]):
        # Plotly doesn't accept a figure without data.
        note("No data to chart: no values are reported, or all counts are hidden.")
        return
    if isinstance(figure, str):
        st.html(f'<div role="figure" aria-label="{html.escape(alt)}">{figure}</div>{foot}')
        return
    _in_ink(figure, "dark" if is_dark() else "light")
    streamlit_internals.plotly_chart(
        as_json(figure), _PLOTLY, figure["layout"]["height"], alt, key=f"chart_{name}"
    )
    if foot:
        st.html(foot)


def as_json(figure: object) -> str:
    """A figure as Plotly.js reads it. Unknown values are null."""
    return json.dumps(_plain(figure), separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, str | int) or value is None:
        return value
    return None if pd.isna(value) else getattr(value, "item", lambda: value)()


def few_hidden(table: pd.DataFrame) -> None:
    """Draw what "n < 5" means, if a row of the table is hidden."""
    if "n" in table.columns and table["is_suppressed"].any():
        note(
            f"n < {SUPPRESS_BELOW.whole_number()}: hidden because few pairs were measured, "
            "or because the number would reveal a hidden one."
        )


def grid(table: pd.DataFrame, alt: str) -> None:
    """Draw a table: HTML if it is short, otherwise a grid that scrolls."""
    for_people = columns.shown(table)
    if len(for_people) > _SHORT:
        st.dataframe(
            for_people,
            column_config=columns.formats(for_people),
            hide_index=True,
            placeholder=UNKNOWN,
            alt=alt,
        )
        return
    html_table.draw(columns.as_text(table), alt)


def download(table: pd.DataFrame, name: str, title: str, said: str | None = None) -> None:
    """Draw buttons that download this table, as CSV and as an Excel workbook."""
    _download_button(name, lambda: table, title, count_of(len(table), "row"), said)


def download_all(
    name: str,
    title: str,
    what: str,
    fetch_all: Callable[[], pd.DataFrame],
    said: str | None = None,
) -> None:
    """Draw buttons that download all of `what`, fetched when a button is pressed.

    `said` describes the filters if they are not those of the page.
    """
    _download_button(name, fetch_all, title, f"all {what}", said)


def _download_button(
    name: str,
    table: Callable[[], pd.DataFrame],
    title: str,
    what: str,
    said: str | None = None,
) -> None:
    words, as_of_on = said or session.filters_in_words(), session.info().as_of_on

    def make(written: Callable[..., bytes]) -> downloads.Taken:
        rows = table()
        return downloads.Taken(written(rows, title, words, as_of_on), len(rows))

    with st.container(horizontal=True, gap="xsmall"):
        for label, kind, written, mime in (
            (f"Download CSV ({what})", "csv", guarded_csv, "text/csv"),
            ("Download Excel", "xlsx", guarded_workbook, _XLSX),
        ):
            downloads.button(
                label,
                downloads.Export(name, partial(make, written), words),
                file_name=f"{name}_{as_of_on.isoformat()}.{kind}",
                key=f"download_{name}_{kind}",
                mime=mime,
            )


def rows_shown(
    shown: int, total: int, one: str, many: str | None = None, said: str = ""
) -> None:
    """Draw how many of the rows a list shows, and which records they are of.

    `said` replaces the filters of the page.
    """
    if shown < total:
        note(f"The first {shown:,} of {count_of(total, one, many)}. The download has all.")
    else:
        note(count_of(total, one, many))
    if line := scope.with_as_of(said) if said else session.scope():
        st.html(f'<p class="scope">{escaped(line)}</p>')


def as_of() -> date:
    """The as-of date of this store."""
    return session.info().as_of_on


def _in_ink(figure: dict[str, Any], theme: str) -> None:
    """Give a figure's text the page's text color, in cells and on axes too.

    Lines get the theme's colors; a figure that is a dict gets Plotly's otherwise.
    """
    ink = {"color": st.get_option(f"theme.{theme}.textColor")}
    figure["layout"]["font"] = ink
    figure["layout"]["hoverlabel"] = {
        # Left alone, it has the color of what it belongs to under white or black.
        "bgcolor": st.get_option(f"theme.{theme}.secondaryBackgroundColor"),
        "bordercolor": ink["color"],
        "font": ink,
        "align": "left",
    }
    figure["layout"]["colorway"] = st.get_option(f"theme.{theme}.chartCategoricalColors")
    for name, axis in figure["layout"].items():
        if name.startswith(("xaxis", "yaxis")):
            axis["tickfont"] = ink
            axis.setdefault("title", {})["font"] = ink


def with_labels(table: pd.DataFrame, **labels: dict[str, str]) -> pd.DataFrame:
    """The table with the codes in the named columns replaced by their labels."""
    return table.assign(
        **{
            name: table[name].map(known).fillna(table[name])
            for name, known in labels.items()
        }
    )


def record(title: str, row: pd.Series) -> None:
    """Draw one record: its known values with their labels."""
    st.markdown(f"### {title}")
    as_text = columns.as_text(row.to_frame().T.infer_objects()).iloc[0]
    html_table.draw_pairs(
        {str(name): cell for name, cell in as_text.items() if cell != UNKNOWN}, title
    )
