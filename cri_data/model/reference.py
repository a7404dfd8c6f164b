"""What others refer to: topics, partners and metrics."""

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

TOPICS = Dataset(
    "topics",
    "topic of assistance",
    "topic_id",
    (
        id_column("topic_id", "Short name used in files.", required=True, headings=("id",)),
        text_column(
            "topic_name",
            "Name shown on pages.",
            required=True,
            headings=("topic", "name"),
        ),
        text_column("description", "The program's wording.", headings=("wording",)),
        id_column("maps_to", "The topic that replaced it.", refers_to="topics"),
        date_column("effective_from_on", "First day in use.", headings=("effective from",)),
        date_column("effective_to_on", "Last day in use.", headings=("effective to",)),
    ),
    date_chains=(("effective_from_on", "effective_to_on"),),
)

PARTNERS = Dataset(
    "partners",
    "delivering association",
    "partner_id",
    (
        id_column(
            "partner_id", "Short name used in files.", required=True, headings=("id",)
        ),
        text_column(
            "partner_name",
            "Name of the association.",
            required=True,
            headings=("partner", "name", "association", "organization"),
        ),
        text_column("acronym", "Its acronym.", headings=("abbreviation",)),
        text_column("kind", "What kind of association it is.", headings=("type",)),
        code_column(
            "selection_status",
            "Where it stands in the selection of partners.",
            SELECTION_STATUSES,
            headings=("selection",),
        ),
        date_column("applied_on", "Day of its application.", headings=("applied",)),
        date_column("effective_from_on", "First day as a partner.", headings=("joined",)),
        date_column("effective_to_on", "Last day as a partner.", headings=("left",)),
        text_column("base_city", "City of its seat.", headings=("city",)),
        code_column("base_state", "State of its seat.", STATES, headings=("state",)),
        latitude_column("base_latitude", "its seat"),
        longitude_column("base_longitude", "its seat"),
        number_column(
            "capacity_hours_per_quarter",
            "Hours that it can deliver in a quarter.",
            low=0,
            high=1_000_000,
            headings=("capacity",),
        ),
        Column(
            "topic_ids",
            Kind.ID_LIST,
            "Topics of its expertise, separated by semicolons.",
            refers_to="topics",
            headings=("topics", "expertise"),
        ),
    ),
    date_chains=(("applied_on", "effective_from_on", "effective_to_on"),),
)

METRICS = Dataset(
    "metrics",
    "outcome metric",
    "metric_id",
    (
        id_column(
            "metric_id", "Short name used in files.", required=True, headings=("id",)
        ),
        text_column(
            "metric_name",
            "Name shown on pages.",
            required=True,
            headings=("metric", "name"),
        ),
        code_column("unit", "Unit of its values.", UNITS, required=True),
        code_column("better", "Which direction is better.", BETTER, required=True),
        code_column("goal", "The program goal that it measures.", GOALS, required=True),
        code_column("level", "Level of evaluation (Kirkpatrick).", LEVELS),
    ),
)
