"""Demand page: topics by groups of agencies, and the definitions of its measures."""

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui import charts
from cri_ui.components import filter_links, page
from cri_ui.components.filter_links import KEYS
from cri_ui.components.switch import switch
from cri_ui.session import session
from cri_ui.views.type_names import with_type_names

SEVERAL_TOPICS = (
    "A request can name several topics and counts under each, so the rows add up "
    "to more than the number of requests."
)
PER_AGENCIES = (
    "Per 1,000 agencies per year: requests divided by all agencies in that group (with "
    "the same filters) and by the years of the period, times 1,000. The period begins "
    "with the first request if it has no earlier start."
)
INDEX = (
    "Index: requests divided by those expected, times 100. Expected is what these agencies "
    "would ask for if they asked as often as all agencies of their size in the nation, in "
    "the same period and on the same topics, whatever other filters are set. By agency "
    "size, all sizes are one. The 95% interval is exact (Poisson). An index is not clear "
    "if there are fewer than 20 requests or if the interval includes 100. Of 100 indexes "
    "without any real difference, up to 5 look clear by chance."
)

YEARS = (
    'Fiscal years begin in October. A year that is not over is marked "to date"; one of '
    'which the period has only some days, "part".'
)

GROUPS = {
    "region": "Region",
    "division": "Division",
    "size_band": "Agency size",
    "agency_type": "Agency type",
    "fiscal_year": "Fiscal year",
}
GROUPS_IN_WORDS = {
    "region": "Census region",
    "division": "Census division",
    "size_band": "agency size (sworn officers)",
    "agency_type": "agency type",
}


def topics_by_group(viewer: Viewer, filters: Filters) -> None:
    """Draw topics by the chosen groups in the chosen measure, or by fiscal year."""
    groups = switch("Topics by", GROUPS, "by")
    if groups == "fiscal_year":
        _by_fiscal_year(viewer, filters)
        return
    measure = switch(
        "Show as", {name: label for name, (label, _) in charts.MEASURES.items()}, "measure"
    )
    found = session.fetch("requests_by_group_and_topic", viewer, filters, grouped_by=groups)
    words = GROUPS_IN_WORDS[groups]
    page.chart(
        charts.requests_by_group_and_topic,
        with_type_names(found),
        measure,
        words,
        KEYS[groups],
        filter_links.here(),
        name=f"requests_by_{groups}_and_topic",
        title=f"Requests by topic and {GROUPS[groups].lower()}",
        alt=f"Heat table: requests by topic and {words}.",
        definition=f"{SEVERAL_TOPICS} {PER_AGENCIES} {INDEX}",
    )


def _by_fiscal_year(viewer: Viewer, filters: Filters) -> None:
    page.chart(
        charts.requests_by_fiscal_year_and_topic,
        session.fetch("requests_by_fiscal_year_and_topic", viewer, filters),
        filter_links.here(),
        name="requests_by_fiscal_year_and_topic",
        title="Requests by topic and fiscal year",
        alt="Heat table: requests by topic and fiscal year.",
        definition=f"{SEVERAL_TOPICS} {YEARS}",
    )
