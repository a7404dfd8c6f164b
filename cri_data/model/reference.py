"""Columns of `topics`, `partners`, and `metrics`, which other datasets refer to."""

from cri_data.model.code_lists import (
    BETTER,
    GOALS,
    LEVELS,
    SELECTION_STATUSES,
    STATES,
    UNITS,
)
from cri_data.model.columns import (
    Column,
    Dataset,
    Kind,
    code_column,
    date_column,
    id_column,
    latitude_column,
    longitude_column,
    number_column,
    text_column,
)
from cri_data.model.units import HOURS

TOPICS = Dataset(
    "topics",
    "topic",
    "A kind of assistance that the program offers.",
    "topic_id",
    (
        id_column(
            "topic_id", "Short name that files use.", required=True, headings=("id",)
        ),
        text_column(
            "topic_name",
            "Name that pages show.",
            required=True,
            headings=("topic", "name"),
        ),
        text_column(
            "description", "The program's description of the topic.", headings=("wording",)
        ),
        id_column("maps_to", "The topic that replaced this one.", refers_to="topics"),
        date_column(
            "effective_from_on",
            "First date in use.",
            may_be_ahead=True,
            headings=("effective from",),
        ),
        date_column(
            "effective_to_on",
            "Last date in use.",
            may_be_ahead=True,
            headings=("effective to",),
        ),
    ),
    date_chains=(("effective_from_on", "effective_to_on"),),
)

PARTNERS = Dataset(
    "partners",
    "partner",
    "An association that delivers assistance.",
    "partner_id",
    (
        id_column(
            "partner_id", "Short name that files use.", required=True, headings=("id",)
        ),
        text_column(
            "partner_name",
            "Name of the association.",
            required=True,
            headings=("partner", "name", "association", "organization"),
        ),
        text_column("acronym", "Acronym of the association.", headings=("abbreviation",)),
        text_column("kind", "Type of association.", headings=("type",)),
        code_column(
            "selection_status",
            "Status in the selection of partners.",
            SELECTION_STATUSES,
            headings=("selection",),
        ),
        date_column("applied_on", "Date of the application.", headings=("applied",)),
        date_column(
            "effective_from_on",
            "First date as a partner.",
            may_be_ahead=True,
            headings=("joined",),
        ),
        date_column(
            "effective_to_on",
            "Last date as a partner.",
            may_be_ahead=True,
            headings=("left",),
        ),
        text_column("base_city", "City of the headquarters.", headings=("city",)),
        code_column(
            "base_state", "State of the headquarters.", STATES, headings=("state",)
        ),
        latitude_column("base_latitude", "the headquarters"),
        longitude_column("base_longitude", "the headquarters"),
        number_column(
            "capacity_hours_per_quarter",
            "Hours that the partner can deliver in a quarter.",
            low=0,
            high=1_000_000,
            unit=HOURS,
            headings=("capacity",),
        ),
        Column(
            "topic_ids",
            Kind.ID_LIST,
            "Topics in which the partner has expertise.",
            refers_to="topics",
            headings=("topics", "expertise"),
        ),
    ),
    date_chains=(("applied_on", "effective_from_on", "effective_to_on"),),
)

METRICS = Dataset(
    "metrics",
    "metric",
    "A way to measure whether assistance helped.",
    "metric_id",
    (
        id_column(
            "metric_id", "Short name that files use.", required=True, headings=("id",)
        ),
        text_column(
            "metric_name",
            "Name that pages show.",
            required=True,
            headings=("metric", "name"),
        ),
        code_column("unit", "Unit of the values.", UNITS, required=True),
        code_column(
            "better", "Whether higher or lower values are better.", BETTER, required=True
        ),
        code_column(
            "goal", "The program goal that the metric measures.", GOALS, required=True
        ),
        code_column("level", "Kirkpatrick level of evaluation.", LEVELS),
    ),
)
