"""Columns of `agencies`: the law enforcement agencies that may request assistance."""

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
from cri_data.model.units import OFFICERS, RESIDENTS

AGENCIES = Dataset(
    "agencies",
    "agency",
    "A law enforcement agency that may request assistance.",
    "agency_id",
    (
        id_column(
            "agency_id",
            "The agency's 9-character ORI. If it has none, an ID of your own.",
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
            "Type of agency.",
            AGENCY_TYPES,
            headings=("type", "agency type name", "type of agency"),
        ),
        code_column(
            "state",
            "USPS code of the state, DC, or territory.",
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
            "5-digit ZIP Code.",
            headings=("zip code", "zipcode", "postal code", "zip5"),
        ),
        latitude_column("latitude", "the agency"),
        longitude_column("longitude", "the agency"),
        count_column(
            "sworn_officers",
            "Number of full-time sworn officers.",
            100_000,
            unit=OFFICERS,
            headings=("sworn", "officers", "number of officers", "total officers"),
        ),
        date_column(
            "sworn_as_of_on", "Date of the sworn officer count.", headings=("sworn as of",)
        ),
        count_column(
            "population_served",
            "Population of the agency's jurisdiction.",
            50_000_000,
            unit=RESIDENTS,
            headings=("population",),
        ),
    ),
)
