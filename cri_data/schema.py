"""What each dataset holds: the columns that people upload, and their rules.

The one description of the data. The upload checks by it, the About page and
the documentation are generated from it, and a test holds the tables of
queries/build/10_tables.sql to it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cri_data.codes import (
    AGENCY_TYPES,
    BETTER,
    DELIVERY_MODES,
    ENGAGEMENT_STATUSES,
    GOALS,
    LEVELS,
    REQUEST_STATUSES,
    SELECTION_STATUSES,
    STATES,
    UNITS,
    Codes,
)


class Kind(StrEnum):
    """What the values of a column are."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    ZIP = "ZIP code"
    DATE = "date"
    INTEGER = "whole number"
    NUMBER = "number"
    ID_LIST = "list of ids"


SQL_TYPES = {
    Kind.ID: "VARCHAR",
    Kind.TEXT: "VARCHAR",
    Kind.CODE: "VARCHAR",
    Kind.ZIP: "VARCHAR",
    Kind.DATE: "DATE",
    Kind.INTEGER: "INTEGER",
    Kind.NUMBER: "DOUBLE",
    Kind.ID_LIST: "VARCHAR[]",
}

# Before the first and after the last, a date is a slip of the keyboard.
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)


@dataclass(frozen=True)
class Column:
    """One column of a dataset's file.

    `refers_to` names the dataset whose key the value must be; `codes` the
    values allowed; `low` and `high` the range, both inclusive; `headings` the
    other names that files use for it; `is_free_text` that it may hold anything,
    persons too: such text can be redacted and let go.
    """

    name: str
    kind: Kind
    description: str
    required: bool = False
    refers_to: str | None = None
    codes: Codes | None = None
    low: float | None = None
    high: float | None = None
    headings: tuple[str, ...] = ()
    is_free_text: bool = False

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the stored value."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Dataset:
    """One kind of file: its key, its columns, and which dates follow which."""

    name: str
    row_is: str
    key: str
    columns: tuple[Column, ...]
    # Each chain of dates must not go backwards, whichever of them are known.
    date_chains: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that no row may leave blank, in order."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def free_texts(self) -> tuple[str, ...]:
        """The columns that may hold anything that a person wrote, in order."""
        return tuple(column.name for column in self.columns if column.is_free_text)


def _id(name: str, description: str, **more: object) -> Column:
    return Column(name, Kind.ID, description, **more)


def _text(name: str, description: str, **more: object) -> Column:
    return Column(name, Kind.TEXT, description, **more)


def _code(name: str, description: str, codes: Codes, **more: object) -> Column:
    return Column(name, Kind.CODE, description, codes=codes, **more)


def _date(name: str, description: str, **more: object) -> Column:
    return Column(name, Kind.DATE, description, **more)


def _count(name: str, description: str, high: float, **more: object) -> Column:
    return Column(name, Kind.INTEGER, description, low=0, high=high, **more)


def _number(name: str, description: str, **more: object) -> Column:
    return Column(name, Kind.NUMBER, description, **more)


def _latitude(name: str, of: str) -> Column:
    return _number(
        name, f"Latitude of {of}, degrees north.", low=-90, high=90, headings=("lat",)
    )


def _longitude(name: str, of: str) -> Column:
    return _number(
        name,
        f"Longitude of {of}, degrees east (negative in the states).",
        low=-180,
        high=180,
        headings=("lon", "lng", "long"),
    )


AGENCIES = Dataset(
    "agencies",
    "law-enforcement agency",
    "agency_id",
    (
        _id(
            "agency_id",
            "The 9-character ORI where the agency has one.",
            required=True,
            headings=("ori", "ori9", "ori number", "ori code", "agency ori"),
        ),
        _text(
            "agency_name",
            "Name of the agency.",
            required=True,
            headings=("agency", "name", "department", "department name", "lea name"),
        ),
        _code(
            "agency_type",
            "What kind of agency it is.",
            AGENCY_TYPES,
            headings=("type", "agency type name", "type of agency"),
        ),
        _code(
            "state",
            "USPS code of the state, DC or territory.",
            STATES,
            required=True,
            headings=("state abbr", "state abbreviation", "state code", "st"),
        ),
        _text("county", "County.", headings=("county name",)),
        _text("city", "City or town.", headings=("city name", "town", "municipality")),
        Column(
            "zip",
            Kind.ZIP,
            "5-digit ZIP code.",
            headings=("zip code", "zipcode", "postal code", "zip5"),
        ),
        _latitude("latitude", "the agency"),
        _longitude("longitude", "the agency"),
        _count(
            "sworn_officers",
            "Full-time sworn officers.",
            100_000,
            headings=("sworn", "officers", "number of officers", "total officers"),
        ),
        _date("sworn_as_of_on", "Day of the sworn count.", headings=("sworn as of",)),
        _count(
            "population_served",
            "People living in its jurisdiction.",
            50_000_000,
            headings=("population",),
        ),
    ),
)

TOPICS = Dataset(
    "topics",
    "topic of assistance",
    "topic_id",
    (
        _id("topic_id", "Short name used in files.", required=True, headings=("id",)),
        _text(
            "topic_name",
            "Name shown on pages.",
            required=True,
            headings=("topic", "name"),
        ),
        _text("description", "The program's wording.", headings=("wording",)),
        _id("maps_to", "The topic that replaced it.", refers_to="topics"),
        _date("effective_from_on", "First day in use.", headings=("effective from",)),
        _date("effective_to_on", "Last day in use.", headings=("effective to",)),
    ),
    date_chains=(("effective_from_on", "effective_to_on"),),
)

PARTNERS = Dataset(
    "partners",
    "delivering association",
    "partner_id",
    (
        _id("partner_id", "Short name used in files.", required=True, headings=("id",)),
        _text(
            "partner_name",
            "Name of the association.",
            required=True,
            headings=("partner", "name", "association", "organization"),
        ),
        _text("acronym", "Its acronym.", headings=("abbreviation",)),
        _text("kind", "What kind of association it is.", headings=("type",)),
        _code(
            "selection_status",
            "Where it stands in the selection of partners.",
            SELECTION_STATUSES,
            headings=("selection",),
        ),
        _date("applied_on", "Day of its application.", headings=("applied",)),
        _date("effective_from_on", "First day as a partner.", headings=("joined",)),
        _date("effective_to_on", "Last day as a partner.", headings=("left",)),
        _text("base_city", "City of its seat.", headings=("city",)),
        _code("base_state", "State of its seat.", STATES, headings=("state",)),
        _latitude("base_latitude", "its seat"),
        _longitude("base_longitude", "its seat"),
        _number(
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

REQUESTS = Dataset(
    "requests",
    "request for assistance",
    "request_id",
    (
        _id(
            "request_id",
            "The office's number of the request.",
            required=True,
            headings=("request", "request number", "request no", "id"),
        ),
        _id(
            "agency_id",
            "The agency that asks (its ORI).",
            required=True,
            refers_to="agencies",
            headings=("ori", "ori9", "ori number", "agency", "agency ori"),
        ),
        _date(
            "inquiry_on",
            "Day of the first contact.",
            headings=("inquiry", "inquiry date"),
        ),
        _date(
            "received_on",
            "Day the request came in.",
            required=True,
            headings=(
                "received",
                "date received",
                "received date",
                "request date",
                "date requested",
            ),
        ),
        _code(
            "status",
            "Where the request stands.",
            REQUEST_STATUSES,
            headings=("request status",),
        ),
        _date(
            "decided_on",
            "Day of the decision.",
            headings=("decided", "decision date"),
        ),
        _date(
            "assigned_on",
            "Day a partner was assigned.",
            headings=("assigned", "assigned date", "date assigned"),
        ),
        _date(
            "delivery_started_on",
            "Day the delivery started.",
            headings=("delivery started", "start date"),
        ),
        _date(
            "closed_on",
            "Day it was completed, declined or withdrawn.",
            headings=("closed", "closed date", "date closed"),
        ),
        _text(
            "closed_reason",
            "Why it was closed.",
            headings=("reason",),
            is_free_text=True,
        ),
        _text(
            "source",
            "How the agency found the program.",
            headings=("channel",),
            is_free_text=True,
        ),
        _text(
            "summary",
            "What is asked for.",
            headings=("description", "notes"),
            is_free_text=True,
        ),
        Column(
            "topic_ids",
            Kind.ID_LIST,
            "Topics asked for, separated by semicolons; the first is primary.",
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

ENGAGEMENTS = Dataset(
    "engagements",
    "piece of assistance delivered to one request",
    "engagement_id",
    (
        _id(
            "engagement_id",
            "The office's number of the engagement.",
            required=True,
            headings=("engagement", "engagement number", "id"),
        ),
        _id(
            "request_id",
            "The request that it answers.",
            required=True,
            refers_to="requests",
            headings=("request", "request number", "request no"),
        ),
        _id(
            "lead_partner_id",
            "The partner that leads it.",
            required=True,
            refers_to="partners",
            headings=("lead partner", "lead", "partner", "partner id"),
        ),
        _id(
            "topic_id",
            "Its topic; the request's primary topic where blank.",
            refers_to="topics",
            headings=("topic",),
        ),
        _code(
            "delivery_mode",
            "How it is delivered.",
            DELIVERY_MODES,
            headings=("mode", "delivery"),
        ),
        _code(
            "status",
            "Where it stands.",
            ENGAGEMENT_STATUSES,
            headings=("engagement status",),
        ),
        _date("planned_start_on", "Planned first day.", headings=("planned start",)),
        _date("planned_end_on", "Planned last day.", headings=("planned end",)),
        _date(
            "started_on",
            "First day.",
            headings=("started", "start", "start date"),
        ),
        _date("ended_on", "Last day.", headings=("ended", "end", "end date")),
        _date("last_activity_on", "Day of the last activity.", headings=("last activity",)),
        _number("hours", "Hours delivered (planned, until it ends).", low=0, high=100_000),
        _count("participants_in_person", "People there in person.", 1_000_000),
        _count("participants_virtual", "People there online.", 1_000_000),
        _text(
            "site_name",
            "Where it takes place.",
            headings=("site", "location"),
            is_free_text=True,
        ),
        _latitude("latitude", "the site; the agency's where blank"),
        _longitude("longitude", "the site; the agency's where blank"),
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

METRICS = Dataset(
    "metrics",
    "outcome metric",
    "metric_id",
    (
        _id("metric_id", "Short name used in files.", required=True, headings=("id",)),
        _text(
            "metric_name",
            "Name shown on pages.",
            required=True,
            headings=("metric", "name"),
        ),
        _code("unit", "Unit of its values.", UNITS, required=True),
        _code("better", "Which direction is better.", BETTER, required=True),
        _code("goal", "The program goal that it measures.", GOALS, required=True),
        _code("level", "Level of evaluation (Kirkpatrick).", LEVELS),
    ),
)

OUTCOMES = Dataset(
    "outcomes",
    "one metric measured for one engagement",
    "outcome_id",
    (
        _id(
            "outcome_id",
            "The office's number of the measurement.",
            required=True,
            headings=("outcome", "id"),
        ),
        _id(
            "engagement_id",
            "The engagement that it measures.",
            required=True,
            refers_to="engagements",
            headings=("engagement", "engagement number"),
        ),
        _id(
            "metric_id",
            "What is measured.",
            required=True,
            refers_to="metrics",
            headings=("metric",),
        ),
        _number("baseline_value", "Value before.", headings=("baseline", "before")),
        _date("baseline_on", "Day of the value before.", headings=("baseline date",)),
        _number("followup_value", "Value after.", headings=("follow-up", "after")),
        _date("followup_on", "Day of the value after.", headings=("follow-up date",)),
        _number("target_value", "Value aimed at.", headings=("target",)),
        _count("respondents_invited", "People asked.", 10_000_000, headings=("invited",)),
        _count(
            "respondents_responded",
            "People who answered.",
            10_000_000,
            headings=("responded",),
        ),
    ),
    date_chains=(("baseline_on", "followup_on"),),
)

# In the order in which an empty store takes them: what is referred to first.
DATASETS = {
    dataset.name: dataset
    for dataset in (
        AGENCIES,
        TOPICS,
        PARTNERS,
        METRICS,
        REQUESTS,
        ENGAGEMENTS,
        OUTCOMES,
    )
}
