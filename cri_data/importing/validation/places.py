"""Places that can't be meant: at 0, 0, without their sign, swapped, or abroad."""

import pyarrow as pa
import pyarrow.compute as pc

# The two columns of each place.
PLACES = (("latitude", "longitude"), ("base_latitude", "base_longitude"))

# South, north, west, east of rectangles around the country: the states with Puerto Rico
# and the Virgin Islands, the Aleutians west of the date line, Guam with the Marianas, and
# Samoa.
_COUNTRY = (
    (15.0, 72.0, -180.0, -64.0),
    (50.0, 55.0, 172.0, 180.0),
    (12.0, 21.0, 144.0, 147.0),
    (-15.0, -10.0, -172.0, -168.0),
)


def faults_of_places(
    latitude: pa.ChunkedArray, longitude: pa.ChunkedArray
) -> pa.ChunkedArray:
    """The case of Rule.NOT_A_PLACE of each row with both numbers, or null."""
    west, turned = pc.negate(pc.abs(longitude)), pc.negate(pc.abs(latitude))
    is_at_zero = pc.and_(pc.equal(latitude, 0.0), pc.equal(longitude, 0.0))
    cases = {
        "zero": is_at_zero,
        "sign": _is_in_country(latitude, west),
        "swapped": _is_in_country(longitude, turned),
        "abroad": pc.is_valid(pc.add(latitude, longitude)),
    }
    conditions = pa.StructArray.from_arrays(
        [_combined(pc.fill_null(rows, fill_value=False)) for rows in cases.values()],
        names=list(cases),
    )
    case = pc.case_when(conditions, *(pa.scalar(case) for case in cases))
    is_good = pc.fill_null(_is_in_country(latitude, longitude), fill_value=False)
    return pa.chunked_array(
        [pc.if_else(_combined(is_good), pa.scalar(None, pa.string()), case)]
    )


def _combined(rows: pa.ChunkedArray) -> pa.Array:
    return rows.combine_chunks() if isinstance(rows, pa.ChunkedArray) else rows


def _is_in_country(
    latitude: pa.ChunkedArray, longitude: pa.ChunkedArray
) -> pa.ChunkedArray:
    found = None
    for south, north, west, east in _COUNTRY:
        is_within = pc.and_(
            pc.and_(pc.greater_equal(latitude, south), pc.less_equal(latitude, north)),
            pc.and_(pc.greater_equal(longitude, west), pc.less_equal(longitude, east)),
        )
        found = is_within if found is None else pc.or_(found, is_within)
    return found
