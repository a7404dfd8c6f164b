"""Columns of `requests`: what an agency requests, and each step until it is closed."""

from cri_data.model.code_lists import REQUEST_STATUSES
from cri_data.model.columns import (
    Column,
    Dataset,
    Kind,
    code_column,
    date_column,
    id_column,
    text_column,
)

REQUESTS = Dataset(
    "requests",
    "request",
    "One agency's request for assistance, on one or more topics.",
    "request_id",
    (
        id_column(
            "request_id",
            "The office's number for the request.",
            required=True,
            headings=("request", "request number", "request no", "id"),
        ),
        id_column(
            "agency_id",
            "The agency that makes the request (its ORI).",
            required=True,
            refers_to="agencies",
            headings=("ori", "ori9", "ori number", "agency", "agency ori"),
        ),
        date_column(
            "inquiry_on",
            "Date of the first contact.",
            headings=("inquiry", "inquiry date"),
        ),
        date_column(
            "received_on",
            "Date the request was received.",
            required=True,
            headings=(
                "received",
                "date received",
                "received date",
                "request date",
                "date requested",
            ),
        ),
        code_column(
            "status",
            "Status of the request.",
            REQUEST_STATUSES,
            headings=("request status",),
        ),
        date_column(
            "decided_on",
            "Date of the decision.",
            headings=("decided", "decision date"),
        ),
        date_column(
            "assigned_on",
            "Date a partner was assigned.",
            headings=("assigned", "assigned date", "date assigned"),
        ),
        date_column(
            "delivery_started_on",
            "Date delivery started.",
            headings=("delivery started", "delivery start", "delivery start date"),
        ),
        date_column(
            "closed_on",
            "Date the request was completed, declined, or withdrawn.",
            headings=("closed", "closed date", "date closed"),
        ),
        text_column(
            "closed_reason",
            "Why the request was closed.",
            headings=("closing reason", "reason closed", "reason for closing"),
            is_free_text=True,
        ),
        text_column(
            "source",
            "How the agency found the program.",
            headings=("channel",),
            is_free_text=True,
        ),
        text_column(
            "summary",
            "Summary of the request.",
            headings=("description", "notes"),
            is_free_text=True,
        ),
        Column(
            "topic_ids",
            Kind.ID_LIST,
            "Topics requested. The first is the primary topic.",
            required=True,
            refers_to="topics",
            headings=("topics", "topic", "topic id"),
        ),
    ),
    date_chains=(
        ("inquiry_on", "received_on", "decided_on", "closed_on"),
        ("received_on", "assigned_on", "delivery_started_on", "closed_on"),
        ("decided_on", "assigned_on"),
    ),
)
