"""The pages: one table of where they are, what they are called, who may open them."""

from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cri_data import settings
from cri_data.model.roles import Permission, Viewer

ROOT = Path(__file__).resolve().parent.parent

APP_TITLE = "Collaborative Reform dashboard"

# The section of the pages that stand in the bar itself, not in a menu of it.
IN_THE_BAR = ""


class FilterSet(StrEnum):
    """Which filters a page has."""

    NONE = "none"
    REQUESTS = "requests"
    ENGAGEMENTS = "engagements"


@dataclass(frozen=True)
class Page:
    """A page of the menu. `path` is from the repository's root."""

    path: str
    url: str
    title: str
    icon: str
    section: str
    permission: Permission
    help: str
    filters: FilterSet = FilterSet.REQUESTS


PAGES = (
    Page(
        "pages/dashboards/overview.py",
        "overview",
        "Overview",
        ":material/dashboard:",
        IN_THE_BAR,
        Permission.VIEW_OVERVIEW,
        "Requests, response times, partners, and what needs attention.",
    ),
    Page(
        "pages/dashboards/demand.py",
        "demand",
        "Demand",
        ":material/bar_chart:",
        IN_THE_BAR,
        Permission.VIEW_DEMAND,
        "Requests by topic, region, agency size and state, with the full list.",
    ),
    Page(
        "pages/dashboards/outcomes.py",
        "outcomes",
        "Outcomes",
        ":material/trending_up:",
        IN_THE_BAR,
        Permission.VIEW_OUTCOMES,
        "What changed after assistance, metric by metric.",
    ),
    Page(
        "pages/engagements/engagement_map.py",
        "engagement_map",
        "Engagement map",
        ":material/map:",
        IN_THE_BAR,
        Permission.VIEW_ENGAGEMENTS,
        "Where assistance is delivered, by topic and hours.",
        filters=FilterSet.ENGAGEMENTS,
    ),
    Page(
        "pages/engagements/published_demand.py",
        "published_demand",
        "Demand (published)",
        ":material/table_chart:",
        IN_THE_BAR,
        Permission.VIEW_PUBLISHED,
        "Requests of all agencies by topic and state, quarter by quarter.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/data/upload.py",
        "upload",
        "Upload",
        ":material/upload_file:",
        "Data",
        Permission.UPLOAD,
        "Check a CSV or Excel file, see what it changes, then save it.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/data/records.py",
        "records",
        "Records",
        ":material/edit_note:",
        "Data",
        Permission.UPLOAD,
        "Find, correct or withdraw one record; merge two agencies.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/data/upload_history.py",
        "upload_history",
        "Upload history",
        ":material/history:",
        "Data",
        Permission.UPLOAD,
        "Who uploaded what, and what it changed; undo an upload.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/data/about.py",
        "about",
        "About the data",
        ":material/info:",
        "Data",
        Permission.VIEW_ABOUT,
        "Tables, columns, definitions, and when the data was updated.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/administration/people.py",
        "people",
        "People and access",
        ":material/group:",
        "Administration",
        Permission.MANAGE_PEOPLE,
        "Who can sign in, with which role, and what each role can open.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/administration/trail.py",
        "trail",
        "Audit log",
        ":material/footprint:",
        "Administration",
        Permission.VIEW_TRAIL,
        "Who did what and when, and whether the log is intact.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/administration/backups.py",
        "backups",
        "Backups",
        ":material/backup:",
        "Administration",
        Permission.BACK_UP,
        "Make, list and download backups.",
        filters=FilterSet.NONE,
    ),
)


def draw_icon() -> None:
    """Give the browser's tab our icon, before a page's own is fetched from elsewhere."""
    st.set_page_config(page_icon=ROOT / "static" / "icon.png", layout="wide")


def title_browser_tab(title: str = "") -> None:
    """Name the browser's tab: the page, then the dashboard."""
    st.set_page_config(page_title=f"{title} · {APP_TITLE}" if title else APP_TITLE)


def menu(viewer: Viewer) -> tuple[StreamlitPage, FilterSet]:
    """Draw the menu of what this viewer may open; the page that is open, and its filters.

    The address without a page leads to the first one, so that every page has
    one address of its own, whoever looks. At the address of a page that is not
    open to them stands a sentence that says so.
    """
    open_pages = open_to(viewer)
    home = st.Page(
        lambda: _go_to(open_pages[0]),
        title=APP_TITLE,
        url_path="home",
        default=True,
        visibility="hidden",
    )
    sections: dict[str, list[StreamlitPage]] = {IN_THE_BAR: [home]}
    for page in PAGES:
        if page not in open_pages:
            sections[IN_THE_BAR].append(_closed(page, viewer))
            continue
        # A menu of one page would be a click for nothing.
        is_alone = sum(one.section == page.section for one in open_pages) == 1
        section = IN_THE_BAR if is_alone else page.section
        sections.setdefault(section, []).append(_entry(page))
    entry = st.navigation(sections, position="top")
    shown = _shown(entry)
    is_open = shown in open_pages
    if shown is None:
        title_browser_tab()
    else:
        title_browser_tab(shown.title if is_open else f"No access to {shown.title}")
    return entry, shown.filters if shown is not None and is_open else FilterSet.NONE


def open_to(viewer: Viewer) -> list[Page]:
    """The pages that this viewer may open, in the menu's order."""
    return [page for page in PAGES if _may_open(viewer, page)]


def refused(entry: StreamlitPage, viewer: Viewer, own: Viewer) -> Page | None:
    """The page that is asked for, where it is not open to them.

    One that their own role may open, but not the one they look as, is none.
    """
    page = _shown(entry)
    if page is None or _may_open(viewer, page) or _may_open(own, page):
        return None
    return page


def _shown(entry: StreamlitPage) -> Page | None:
    return next((page for page in PAGES if page.url == entry.url_path), None)


def _entry(page: Page) -> StreamlitPage:
    # A copy: Streamlit notes on it that it may run, in this visit.
    return copy(_template(page))


@cache
def _template(page: Page) -> StreamlitPage:
    """The entry of a page, made once: finding its file takes a while."""
    return st.Page(
        ROOT / page.path,
        title=page.title,
        icon=page.icon,
        url_path=page.url,
        help=page.help,
    )


def _closed(page: Page, viewer: Viewer) -> StreamlitPage:
    return st.Page(
        lambda: _draw_closed(page, viewer),
        title=page.title,
        url_path=page.url,
        visibility="hidden",
    )


def _draw_closed(page: Page, viewer: Viewer) -> None:
    st.title("You don't have access to this page")
    st.text(
        f"{page.title} is not open to the {viewer.role} role. The menu lists the pages "
        f"you can open. If you need this one, ask {settings.CONTACT.text()}."
    )


def _go_to(page: Page) -> None:
    # What the link chose goes along.
    chosen = {name: st.query_params.get_all(name) for name in st.query_params}
    st.switch_page(ROOT / page.path, query_params=chosen)


def _may_open(viewer: Viewer, page: Page) -> bool:
    return viewer.may(page.permission)


def path_of(title: str) -> str:
    """The path of the page with that title, for links."""
    return next(page.path for page in PAGES if page.title == title)
