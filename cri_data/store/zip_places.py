"""ZIP Codes with their city, state, county, and coordinates."""

from functools import cache

import pyarrow as pa
import zipcodes


@cache
def zip_places() -> pa.Table:
    """One row per ZIP code of the zipcodes package, territories included.

    Columns zip, city, state, county (text), latitude, longitude (degrees). Read once
    in a process: it takes a tenth of a second, and the table cannot change.
    """
    places = zipcodes.list_all()
    return pa.table(
        {
            "zip": [place["zip_code"] for place in places],
            "city": [place["city"] for place in places],
            "state": [place["state"] for place in places],
            "county": [place["county"] for place in places],
            "latitude": [_degrees(place["lat"]) for place in places],
            "longitude": [_degrees(place["long"]) for place in places],
        },
        schema=pa.schema(
            [
                ("zip", pa.string()),
                ("city", pa.string()),
                ("state", pa.string()),
                ("county", pa.string()),
                ("latitude", pa.float64()),
                ("longitude", pa.float64()),
            ]
        ),
    )


def _degrees(text: str) -> float | None:
    return float(text) if text else None
