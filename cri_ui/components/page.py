"""The parts that every page is made of."""

import json
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.settings import SUPPRESS_BELOW
from cri_ui.components import columns, downloads
from cri_ui.components.downloads import guarded_csv
from cri_ui.components.drawings import draw_once, is_dark
from cri_ui.components.flash import said
from cri_ui.components.text import UNKNOWN, count_of, day, plain_markdown
from cri_ui.server import streamlit_internals
from cri_ui.session import session

# Tables up to so many rows are drawn as a table of HTML, which every reader
# and screen reader knows; longer ones as a grid that scrolls.
_SHORT = 60

# The shapes of the state map come from us, not from another host.
PLOTLY = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "topojsonURL": "/app/static/",
}
_PLOTLY = json.dumps(PLOTLY)


# Streamlit fades what is old after half a second, and only once the server has
# begun: until then the old numbers would stand under the new filters.
_WORKING = """<style>
[data-test-script-state="rerunRequested"] [data-testid="stMain"]
  [data-testid="stElementContainer"],
[data-testid="stMain"] [data-testid="stElementContainer"][data-stale="true"] {
  opacity: 0.35 !important; transition: none !important;
}
[data-test-script-state="rerunRequested"] [data-testid="stMain"]::before,
[data-test-script-state="running"] [data-testid="stMain"]::before {
  content: "Updating…"; position: fixed; top: 0.5rem; left: 50%;
  transform: translateX(-50%); z-index: 1000000; padding: 0.1rem 0.8rem;
  border-radius: 1rem; font-size: 0.875rem; background: #1b2631; color: #ffffff;
}
</style>"""


def say_when_working() -> None:
    """Dim the numbers, and say why, from the click on until the new ones stand."""
    st.html(_WORKING)


def store_unusable(error: Exception) -> None:
    """The page where there is no store to show."""
    st.title("The store cannot be opened")
    st.error(plain_markdown(error), icon=":material/database_off:")
    note("Fix this, then restart the dashboard.")


def settings_wrong(wrong: tuple[str, ...]) -> None:
    """The page where a setting cannot be understood."""
    st.title("A setting needs to be fixed")
    for sentence in wrong:
        st.error(plain_markdown(sentence), icon=":material/tune:")
    note("Fix this, then restart the dashboard.")


def demonstration_banner() -> None:
    """Say, on every page, that nothing of this is real."""
    st.warning(
        "**Demonstration data.** Every agency, partner, request and figure here is "
        "invented.",
        icon=":material/science:",
    )


def note(text: str) -> None:
    """Small print, as dark as the page's own text: Streamlit's captions are too pale."""
    st.markdown(f":small[{text}]")


def opening(what: str, filters: bool = True) -> None:
    """The lines under a page's title: what it shows, and as of when."""
    st.markdown(what)
    said()
    if filters:
        note(f"Data as of {day(session.info().as_of_on)}")


def nothing_found(filters: Filters) -> None:
    """Say why a page is empty, and what to do."""
    if filters.is_everything():
        st.info(
            "There is nothing here yet. Staff load the first rows on the Upload page.",
            icon=":material/inbox:",
        )
    else:
        st.info(
            "No results. Remove a filter above, or clear all of them.",
            icon=":material/filter_alt_off:",
        )


def chart(
    figure: Callable[..., dict[str, Any] | str],
    table: pd.DataFrame,
    *how: Hashable,
    name: str,
    title: str,
    alt: str,
    definition: str = "",
    said: str | None = None,
) -> None:
    """A figure with its table, its text alternative and its download, all one answer.

    `figure` makes it of the table and `how`: one of Plotly, or a table of HTML.
    `name` is the name of the file to take away; `alt` says in a sentence what
    the figure shows; `definition` how its numbers are counted; `said` stands in
    the file instead of the filters.
    """

    def draw() -> None:
        st.header(title, help=definition or None)
        _draw_figure(figure(table, *how), name, alt)

    with st.container(border=True):
        draw_once(draw, figure, how, name, title, alt, definition, of=table)
        twin = st.expander(
            "Table and download",
            icon=":material/table_rows:",
            key=f"table_{name}",
            on_change="rerun",
        )
        if twin.open:
            with twin:
                few_hidden(table)
                grid(table, title)
                download(table, name, title, said)


def _draw_figure(figure: dict[str, Any] | str, name: str, alt: str) -> None:
    if isinstance(figure, str):
        st.html(figure)
        return
    if not figure["data"]:
        # Plotly takes no figure without data.
        note("There is nothing to draw: no value is known, or all are too few to show.")
        return
    _in_ink(figure)
    streamlit_internals.plotly_chart(
        as_json(figure), _PLOTLY, figure["layout"]["height"], alt, key=f"chart_{name}"
    )


def as_json(figure: object) -> str:
    """A figure as Plotly.js reads it: what is not known is null."""
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
    """Say what n below the threshold stands for, where a row of measurements is hidden."""
    if "n" in table.columns and table["is_suppressed"].any():
        note(
            f"n < {SUPPRESS_BELOW.whole_number()}: so few values before and after, "
            "or the next fewest, from which those could be worked out."
        )


def grid(table: pd.DataFrame, alt: str) -> None:
    """A table to read: HTML where it is short, a grid that scrolls where not."""
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
    st.table(columns.as_text(table), alt=alt, hide_index=True)


def download(table: pd.DataFrame, name: str, title: str, said: str | None = None) -> None:
    """A button that takes this very table away as a guarded CSV."""
    _download_button(name, lambda: table, title, count_of(len(table), "row"), said)


def download_all(
    name: str,
    title: str,
    what: str,
    fetch_all: Callable[[], pd.DataFrame],
    said: str | None = None,
) -> None:
    """A button that takes away all of `what`, fetched when it is pressed.

    `said` are the filters in words, where they are not those of the page.
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

    def make() -> downloads.Taken:
        rows = table()
        return downloads.Taken(guarded_csv(rows, title, words, as_of_on), len(rows))

    downloads.button(
        f"Download CSV ({what})",
        downloads.Export(name, make, words),
        file_name=f"{name}_{as_of_on.isoformat()}.csv",
        key=f"download_{name}",
    )


def rows_shown(shown: int, total: int, one: str) -> None:
    """Say how many rows a list shows of how many."""
    if shown < total:
        note(f"The first {shown:,} of {count_of(total, one)}; the download has all.")
    else:
        note(count_of(total, one))


def as_of() -> date:
    """The day that "now" means in this store."""
    return session.info().as_of_on


def _in_ink(figure: dict[str, Any]) -> None:
    """Text in figures as strong as that of the page, on cells and axes too.

    And bars and lines in the theme's colours: a figure that is a dict gets Plotly's.
    """
    theme = "dark" if is_dark() else "light"
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
    for trace in figure["data"]:
        if trace["type"] == "bar":
            trace["textfont"] = ink


def with_labels(table: pd.DataFrame, **labels: dict[str, str]) -> pd.DataFrame:
    """The table with codes replaced by their labels, column by column."""
    return table.assign(
        **{
            name: table[name].map(known).fillna(table[name])
            for name, known in labels.items()
        }
    )


def record(title: str, row: pd.Series) -> None:
    """One record in full: every known value under its name."""
    st.markdown(f"### {title}")
    as_text = columns.as_text(row.to_frame().T.infer_objects()).iloc[0]
    st.table(
        {name: cell for name, cell in as_text.items() if cell != UNKNOWN},
        border="horizontal",
        width="content",
        alt=title,
    )
