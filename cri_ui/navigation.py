"""The pages of the menu: path, title, icon, and who may open each."""

from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError
from streamlit.navigation.page import StreamlitPage

from cri_data import settings
from cri_data.model.roles import Permission, Viewer

ROOT = Path(__file__).resolve().parent.parent

APP_TITLE = "Collaborative Reform dashboard"

# The section of pages that are in the bar itself, not in one of its menus.
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
    # Whether a visit that has chosen no period sees this fiscal year first.
    opens_on_this_year: bool = False


PAGES = (
    Page(
        "pages/engagements/partner_home.py",
        "our_work",
        "Our work",
        ":material/event_upcoming:",
        IN_THE_BAR,
        Permission.VIEW_OWN_WORK,
        "A partner's engagements: what is next, what is late, and demand near its work.",
        filters=FilterSet.NONE,
    ),
    Page(
        "pages/dashboards/overview.py",
        "overview",
        "Overview",
        ":material/dashboard:",
        IN_THE_BAR,
        Permission.VIEW_OVERVIEW,
        "Requests, response times, partners, and what needs attention.",
        opens_on_this_year=True,
    ),
    Page(
        "pages/dashboards/demand.py",
        "demand",
        "Demand",
        ":material/bar_chart:",
        IN_THE_BAR,
        Permission.VIEW_DEMAND,
        "Requests by topic, region, agency size, and state, with the full list.",
    ),
    Page(
        "pages/dashboards/reach.py",
        "reach",
        "Reach",
        ":material/radar:",
        IN_THE_BAR,
        Permission.VIEW_REACH,
        "Which agencies ask for assistance, and which never have.",
    ),
    Page(
        "pages/dashboards/timeliness.py",
        "timeliness",
        "Timeliness",
        ":material/timer:",
        IN_THE_BAR,
        Permission.VIEW_TIMELINESS,
        "How long requests wait in each stage, against last year, and what still waits.",
    ),
    Page(
        "pages/dashboards/agency.py",
        "agency",
        "Agency",
        ":material/local_police:",
        IN_THE_BAR,
        Permission.VIEW_AGENCIES,
        "One agency: profile, timeline, requests, outcomes, and its peers.",
        filters=FilterSet.NONE,
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
        "pages/engagements/partners.py",
        "partners",
        "Partners",
        ":material/handshake:",
        "Engagements",
        Permission.VIEW_PARTNERS,
        "The field of partners, what they cover, and one partner in full.",
    ),
    Page(
        "pages/engagements/engagement_map.py",
        "engagement_map",
        "Engagement map",
        ":material/map:",
        "Engagements",
        Permission.VIEW_ENGAGEMENTS,
        "Where assistance is delivered, where requests wait, and who works where.",
        filters=FilterSet.ENGAGEMENTS,
    ),
    Page(
        "pages/engagements/matching.py",
        "matching",
        "Matching",
        ":material/handshake:",
        "Engagements",
        Permission.VIEW_MATCHING,
        "Accepted requests without a partner, and the partners that fit each best.",
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
        "Find, correct, or withdraw one record; merge agencies.",
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
        "Make, list, and download backups.",
        filters=FilterSet.NONE,
    ),
)


def draw_icon() -> None:
    """Set the icon of the browser's tab to a local file."""
    st.set_page_config(page_icon=ROOT / "static" / "icon.png", layout="wide")


def title_browser_tab(title: str = "") -> None:
    """Set the title of the browser's tab: the page, then the dashboard."""
    st.set_page_config(page_title=f"{title} · {APP_TITLE}" if title else APP_TITLE)


def menu(viewer: Viewer) -> tuple[StreamlitPage, Page | None]:
    """Draw the menu of this viewer's pages.

    Returns the current page as Streamlit knows it and, if the viewer may open it, its
    entry in PAGES.

    The address without a page redirects to the viewer's first page, so each page has
    only one address. A page that the viewer may not open says so at its address.
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
        # A menu with only one page would cost a needless click.
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
    return entry, shown if is_open else None


def open_to(viewer: Viewer) -> list[Page]:
    """The pages that this viewer may open, in the menu's order."""
    return [page for page in PAGES if _may_open(viewer, page)]


def refused(entry: StreamlitPage, viewer: Viewer, own: Viewer) -> Page | None:
    """The requested page, if the person may not open it. Otherwise None.

    Pages that are closed only to the role in "View as" don't count.
    """
    page = _shown(entry)
    if page is None or _may_open(viewer, page) or _may_open(own, page):
        return None
    return page


def _shown(entry: StreamlitPage) -> Page | None:
    return next((page for page in PAGES if page.url == entry.url_path), None)


def _entry(page: Page) -> StreamlitPage:
    # A copy, because Streamlit changes it during the visit.
    return copy(_template(page))


@cache
def _template(page: Page) -> StreamlitPage:
    """The menu entry of a page, cached because finding its file is slow."""
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
        f"The {viewer.role} role does not include {page.title}. The menu lists the pages "
        f"you can open. If you need this one, ask {settings.CONTACT.text()}."
    )


def _go_to(page: Page) -> None:
    # Keep the filters of the link.
    chosen = {name: st.query_params.get_all(name) for name in st.query_params}
    try:
        st.switch_page(ROOT / page.path, query_params=chosen)
    except StreamlitPageNotFoundError:
        # A newer run of this visit has begun, and its menu is not there yet. It leads on.
        st.stop()


def _may_open(viewer: Viewer, page: Page) -> bool:
    return viewer.may(page.permission)


def path_of(title: str) -> str:
    """The path of the page with that title, for links."""
    return next(page.path for page in PAGES if page.title == title)
