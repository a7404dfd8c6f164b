"""Engagements: pieces of assistance delivered to a request."""

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

ENGAGEMENTS = Dataset(
    "engagements",
    "piece of assistance delivered to one request",
    "engagement_id",
    (
        id_column(
            "engagement_id",
            "The office's number of the engagement.",
            required=True,
            headings=("engagement", "engagement number", "id"),
        ),
        id_column(
            "request_id",
            "The request that it answers.",
            required=True,
            refers_to="requests",
            headings=("request", "request number", "request no"),
        ),
        id_column(
            "lead_partner_id",
            "The partner that leads it.",
            required=True,
            refers_to="partners",
            headings=("lead partner", "lead", "partner", "partner id"),
        ),
        id_column(
            "topic_id",
            "Its topic; the request's primary topic where blank.",
            refers_to="topics",
            headings=("topic",),
        ),
        code_column(
            "delivery_mode",
            "How it is delivered.",
            DELIVERY_MODES,
            headings=("mode", "delivery"),
        ),
        code_column(
            "status",
            "Where it stands.",
            ENGAGEMENT_STATUSES,
            headings=("engagement status",),
        ),
        date_column("planned_start_on", "Planned first day.", headings=("planned start",)),
        date_column("planned_end_on", "Planned last day.", headings=("planned end",)),
        date_column(
            "started_on",
            "First day.",
            headings=("started", "start", "start date"),
        ),
        date_column("ended_on", "Last day.", headings=("ended", "end", "end date")),
        date_column(
            "last_activity_on", "Day of the last activity.", headings=("last activity",)
        ),
        number_column(
            "hours", "Hours delivered (planned, until it ends).", low=0, high=100_000
        ),
        count_column("participants_in_person", "People there in person.", 1_000_000),
        count_column("participants_virtual", "People there online.", 1_000_000),
        text_column(
            "site_name",
            "Where it takes place.",
            headings=("site", "location"),
            is_free_text=True,
        ),
        latitude_column("latitude", "the site; the agency's where blank"),
        longitude_column("longitude", "the site; the agency's where blank"),
        Column(
            "supporting_partner_ids",
            Kind.ID_LIST,
            "Partners that support the lead, separated by semicolons.",
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
