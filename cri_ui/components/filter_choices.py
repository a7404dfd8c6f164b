"""The filters to choose from: a new filter gets its control here."""

from collections.abc import Callable
from dataclasses import dataclass

from cri_data.model.code_lists import (
    AGENCY_TYPES,
    DELIVERY_MODES,
    ENGAGEMENT_STATUSES,
    REGIONS,
    REQUEST_STATUSES,
)
from cri_data.model.filters import NOT_REPORTED
from cri_data.model.roles import Viewer
from cri_ui.navigation import FilterSet
from cri_ui.session import session


@dataclass(frozen=True)
class Choice:
    """A list to choose from: its field of Filters, URL name, labels, options."""

    field: str
    key: str
    label: str
    one: str
    options: Callable[[Viewer], dict[str, str]]


def _named(question: str, value: str, label: str) -> Callable[[Viewer], dict[str, str]]:
    def options(viewer: Viewer) -> dict[str, str]:
        rows = session.fetch(question, viewer)
        return session.made_of(
            rows,
            ("options", value, label),
            lambda: dict(zip(rows[value], rows[label], strict=True)),
        )

    return options


def _same(labels: dict[str, str]) -> Callable[[Viewer], dict[str, str]]:
    def options(viewer: Viewer) -> dict[str, str]:
        del viewer
        return labels

    return options


def _or_not_reported(labels: dict[str, str]) -> dict[str, str]:
    return labels | {NOT_REPORTED: NOT_REPORTED}


def _divisions(viewer: Viewer) -> dict[str, str]:
    rows = session.fetch("states_options", viewer)
    return session.made_of(
        rows, "divisions", lambda: {one: one for one in rows["division"].unique()}
    )


TOPICS = Choice(
    "topics", "topic", "Topics", "Topic", _named("topics_options", "topic_id", "topic_name")
)
AREAS = Choice(
    "regions", "region", "Regions", "Region", _same({one: one for one in REGIONS})
)
STATES = Choice(
    "states", "state", "States", "State", _named("states_options", "state", "state_name")
)
SIZES = Choice(
    "size_bands",
    "size",
    "Agency size (sworn officers)",
    "Agency size",
    _named("size_bands_options", "size_band", "size_band"),
)
PARTNERS = Choice(
    "partners",
    "partner",
    "Partners",
    "Partner",
    _named("partners_options", "partner_id", "partner_name"),
)
ENGAGEMENT_STATUS = Choice(
    "statuses",
    "status",
    "Engagement status",
    "Engagement status",
    _same(_or_not_reported(ENGAGEMENT_STATUSES.labels)),
)
# Asked for less often: under "More filters".
MORE = (
    Choice("divisions", "division", "Divisions", "Division", _divisions),
    Choice(
        "agency_types",
        "type",
        "Agency types",
        "Agency type",
        _same(_or_not_reported(AGENCY_TYPES.labels)),
    ),
    Choice(
        "delivery_modes",
        "delivery_mode",
        "Delivery mode",
        "Delivery mode",
        _same(_or_not_reported(DELIVERY_MODES.labels)),
    ),
    Choice(
        "request_statuses",
        "request_status",
        "Request status",
        "Request status",
        _same(_or_not_reported(REQUEST_STATUSES.labels)),
    ),
    Choice(
        "sources",
        "source",
        "Source of the request",
        "Source",
        _named("sources_options", "source", "source"),
    ),
)
AGENCIES = (TOPICS, AREAS, STATES, SIZES)
# By the filters that a page has: those in view, and those under "More filters".
LAID_OUT = {
    FilterSet.REQUESTS: (AGENCIES, (PARTNERS, *MORE)),
    FilterSet.ENGAGEMENTS: ((PARTNERS, ENGAGEMENT_STATUS, *AGENCIES), MORE),
}
CHOICES = (*AGENCIES, PARTNERS, ENGAGEMENT_STATUS, *MORE)
