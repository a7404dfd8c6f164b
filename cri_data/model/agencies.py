"""Law-enforcement agencies: who may ask."""

from cri_data.model.code_lists import AGENCY_TYPES, STATES
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
    text_column,
)

AGENCIES = Dataset(
    "agencies",
    "law-enforcement agency",
    "agency_id",
    (
        id_column(
            "agency_id",
            "The 9-character ORI where the agency has one.",
            required=True,
            headings=("ori", "ori9", "ori number", "ori code", "agency ori"),
        ),
        text_column(
            "agency_name",
            "Name of the agency.",
            required=True,
            headings=("agency", "name", "department", "department name", "lea name"),
        ),
        code_column(
            "agency_type",
            "What kind of agency it is.",
            AGENCY_TYPES,
            headings=("type", "agency type name", "type of agency"),
        ),
        code_column(
            "state",
            "USPS code of the state, DC or territory.",
            STATES,
            required=True,
            headings=("state abbr", "state abbreviation", "state code", "st"),
        ),
        text_column("county", "County.", headings=("county name",)),
        text_column(
            "city", "City or town.", headings=("city name", "town", "municipality")
        ),
        Column(
            "zip",
            Kind.ZIP,
            "5-digit ZIP code.",
            headings=("zip code", "zipcode", "postal code", "zip5"),
        ),
        latitude_column("latitude", "the agency"),
        longitude_column("longitude", "the agency"),
        count_column(
            "sworn_officers",
            "Full-time sworn officers.",
            100_000,
            headings=("sworn", "officers", "number of officers", "total officers"),
        ),
        date_column("sworn_as_of_on", "Day of the sworn count.", headings=("sworn as of",)),
        count_column(
            "population_served",
            "People living in its jurisdiction.",
            50_000_000,
            headings=("population",),
        ),
    ),
)
