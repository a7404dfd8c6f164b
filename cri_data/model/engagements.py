"""Columns of `engagements`: assistance that partners deliver for a request."""

from cri_data.model.code_lists import DELIVERY_MODES, ENGAGEMENT_STATUSES
from cri_data.model.columns import (
    Column,
    Dataset,
    Kind,
    code_column,
    count_column,
    date_column,
    id_column,
    latitude_column,
    longitude_column,
    number_column,
    text_column,
)
from cri_data.model.units import HOURS, PEOPLE

ENGAGEMENTS = Dataset(
    "engagements",
    "engagement",
    "Assistance that a partner delivers for one request.",
    "engagement_id",
    (
        id_column(
            "engagement_id",
            "The office's number for the engagement.",
            required=True,
            headings=("engagement", "engagement number", "id"),
        ),
        id_column(
            "request_id",
            "The request that the engagement serves.",
            required=True,
            refers_to="requests",
            headings=("request", "request number", "request no"),
        ),
        id_column(
            "lead_partner_id",
            "The partner that leads the engagement.",
            required=True,
            refers_to="partners",
            headings=("lead partner", "lead", "partner", "partner id"),
        ),
        id_column(
            "topic_id",
            "Topic of the engagement. If blank, the request's primary topic.",
            refers_to="topics",
            headings=("topic",),
        ),
        code_column(
            "delivery_mode",
            "How the assistance is delivered.",
            DELIVERY_MODES,
            headings=("mode", "delivery"),
        ),
        code_column(
            "status",
            "Status of the engagement.",
            ENGAGEMENT_STATUSES,
            headings=("engagement status",),
        ),
        date_column(
            "planned_start_on",
            "Planned start date.",
            may_be_ahead=True,
            headings=("planned start",),
        ),
        date_column(
            "planned_end_on",
            "Planned end date.",
            may_be_ahead=True,
            headings=("planned end",),
        ),
        date_column(
            "started_on",
            "Start date.",
            headings=("started", "start", "start date"),
        ),
        date_column("ended_on", "End date.", headings=("ended", "end", "end date")),
        date_column(
            "last_activity_on", "Date of the last activity.", headings=("last activity",)
        ),
        number_column(
            "hours",
            "Hours delivered; planned hours until the engagement ends.",
            low=0,
            high=100_000,
            unit=HOURS,
        ),
        count_column(
            "participants_in_person", "Participants in person.", 1_000_000, unit=PEOPLE
        ),
        count_column(
            "participants_virtual", "Participants online.", 1_000_000, unit=PEOPLE
        ),
        text_column(
            "site_name",
            "Where the engagement takes place.",
            headings=("site", "location"),
            is_free_text=True,
        ),
        latitude_column("latitude", "the site (if blank, the agency's)"),
        longitude_column("longitude", "the site (if blank, the agency's)"),
        Column(
            "supporting_partner_ids",
            Kind.ID_LIST,
            "Partners that support the lead partner.",
            refers_to="partners",
            headings=("supporting partners", "supporting"),
        ),
    ),
    date_chains=(
        ("planned_start_on", "planned_end_on"),
        ("started_on", "ended_on"),
        ("started_on", "last_activity_on"),
    ),
)
