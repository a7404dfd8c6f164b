"""The pages: one table of where they are, what they are called, who may open them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cri_data import settings
from cri_data.model.roles import Permission, Viewer

ROOT = Path(__file__).resolve().parent.parent


class FilterSet(StrEnum):
    """Which filters stand beside a page."""

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
        "Dashboards",
        Permission.VIEW_OVERVIEW,
        "What is asked for, how fast and by whom it is answered, what needs attention.",
    ),
    Page(
        "pages/dashboards/demand.py",
        "demand",
        "Demand",
        ":material/bar_chart:",
        "Dashboards",
        Permission.VIEW_DEMAND,
        "Requests by topic, region, agency size and state, and the rows behind.",
    ),
    Page(
        "pages/dashboards/outcomes.py",
        "outcomes",
        "Outcomes",
        ":material/trending_up:",
        "Dashboards",
        Permission.VIEW_OUTCOMES,
        "Whether the assistance changed anything, metric by metric.",
    ),
    Page(
        "pages/engagements/engagement_map.py",
        "engagement_map",
        "Engagement map",
        ":material/map:",
        "Engagements",
        Permission.VIEW_ENGAGEMENTS,
        "Where assistance is delivered, by topic and hours.",
        filters=FilterSet.ENGAGEMENTS,
    ),
    Page(
        "pages/engagements/published_demand.py",
        "published_demand",
        "Demand (published)",
        ":material/table_chart:",
        "Engagements",
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
        "Load a CSV file: check it, see what it changes, commit it.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/data/records.py",
        "records",
        "Records",
        ":material/edit_note:",
        "Data",
        Permission.UPLOAD,
        "Find one record, correct or withdraw it; make two agencies one.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/data/upload_history.py",
        "upload_history",
        "Upload history",
        ":material/history:",
        "Data",
        Permission.UPLOAD,
        "What was uploaded, by whom, and what it changed; take an upload back.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/data/about.py",
        "about",
        "About the data",
        ":material/info:",
        "Data",
        Permission.VIEW_ABOUT,
        "Tables, columns, definitions, and how fresh the data is.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/administration/people.py",
        "people",
        "People and access",
        ":material/group:",
        "Administration",
        Permission.MANAGE_PEOPLE,
        "Who may sign in, as what, and what each role may open.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/administration/trail.py",
        "trail",
        "Trail",
        ":material/footprint:",
        "Administration",
        Permission.VIEW_TRAIL,
        "Who did what and when, and whether the trail is whole.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/administration/backups.py",
        "backups",
        "Backups",
        ":material/backup:",
        "Administration",
        Permission.BACK_UP,
        "Make a backup now, see which there are, download one.",
        filters=FilterSet.NONE,
    ),
)


def menu(viewer: Viewer) -> tuple[StreamlitPage, FilterSet]:
    """Draw the menu of what this viewer may open; the page that is open, and its filters.

    The address without a page leads to the first one, so that every page has
    one address of its own, whoever looks. At the address of a page that is not
    open to them stands a sentence that says so.
    """
    first = next(page for page in PAGES if _may_open(viewer, page))
    home = st.Page(
        lambda: _go_to(first),
        title="Home",
        url_path="home",
        default=True,
        visibility="hidden",
    )
    sections: dict[str, list[StreamlitPage]] = {"": [home]}
    for page in PAGES:
        if _may_open(viewer, page):
            sections.setdefault(page.section, []).append(_entry(page))
        else:
            sections[""].append(_closed(page, viewer))
    entry = st.navigation(sections)
    page = _shown(entry)
    is_open = page is not None and _may_open(viewer, page)
    return entry, page.filters if is_open else FilterSet.NONE


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
    st.title(f"{page.title}: not open to you")
    st.text(
        f"What is open to the role {viewer.role} is in the menu. If you need this page, "
        f"ask {settings.CONTACT.text()}."
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
