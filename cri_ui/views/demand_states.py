"""Demand page: the states on a map or in a funnel plot."""

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.charts.funnel import requests_by_state_funnel
from cri_ui.charts.state_map import STATE_MEASURES, requests_by_state_map
from cri_ui.components import filter_links, page
from cri_ui.components.switch import switch
from cri_ui.session import session
from cri_ui.views.demand_groups import INDEX, PER_AGENCIES

SMOOTHED = (
    "Smoothed rate: the rate drawn toward that of all chosen agencies, the more the fewer "
    "agencies a state has (empirical Bayes; Marshall 1991), because few agencies have a "
    "high or low rate by chance."
)
FUNNEL = (
    "If the agencies of all states asked at the same rate, 95% of the states would be "
    "within the dashed limits, and 99.8% within the dotted ones (exact Poisson; "
    "Spiegelhalter 2005). The fewer agencies a state has, the wider the limits. States "
    "outside the 95% limits have their code beside the point."
)
UNKNOWN = (
    "A state with agencies of which none asked has 0. A state without agencies is "
    "hatched. Territories are only in the table."
)
MEASURES = (
    "requests_per_1000_agencies_per_year",
    "shrunk_requests_per_1000_agencies_per_year",
    "demand_index",
    "requests",
)
_FUNNEL = "funnel"


def states(viewer: Viewer, filters: Filters) -> None:
    """Draw the states shaded by the chosen measure, or the funnel plot of their rates."""
    found = session.fetch("requests_by_state", viewer, filters)
    shown = switch(
        "States as",
        {name: f"Map: {STATE_MEASURES[name][0].lower()}" for name in MEASURES}
        | {_FUNNEL: "Funnel plot of rates"},
        "states_as",
    )
    if shown == _FUNNEL:
        page.chart(
            requests_by_state_funnel,
            found,
            name="requests_by_state",
            title="Requests by state: funnel plot",
            alt="Funnel plot: each state's requests per 1,000 agencies per year against "
            "its number of agencies, with 95% and 99.8% limits.",
            definition=f"{FUNNEL} {PER_AGENCIES}",
        )
        return
    page.chart(
        requests_by_state_map,
        found,
        shown,
        filter_links.here(),
        name="requests_by_state",
        title="Requests by state",
        alt="Map of the states, shaded by requests. Territories are only in the table.",
        definition=f"{UNKNOWN} {PER_AGENCIES} {SMOOTHED} {INDEX}",
    )
