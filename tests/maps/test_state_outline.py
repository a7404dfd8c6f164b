"""The outline of a state with a dot: where the dot is, and that it asks for nothing."""

import base64
from xml.etree import ElementTree

import pytest

from cri_data.model.code_lists import STATES
from cri_ui.maps.state_outline import outline_picture, outlines

SVG = "{http://www.w3.org/2000/svg}"


def drawn(state: str, place: tuple[float, float] | None) -> ElementTree.Element:
    source, _, _ = outline_picture(state, place, is_dark=False)
    kind, encoded = source.split(",")
    assert kind == "data:image/svg+xml;base64"
    return ElementTree.fromstring(base64.b64decode(encoded))  # noqa: S314 (our own)


def test_every_state_and_territory_has_an_outline_of_usual_size():
    assert set(outlines()) == set(STATES.values)
    for state in STATES.values:
        _, width, height = outline_picture(state, None, is_dark=True)
        assert max(width, height) in (320, 321)
        # The Northern Mariana Islands lie in a row.
        assert min(width, height) > 50


def test_the_dot_is_where_the_place_is():
    # Wyoming is a rectangle, 41 to 45 degrees north and 104.05 to 111.05 west.
    middle = drawn("WY", (43.0, -107.55)).find(f"{SVG}circle")
    east = drawn("WY", (43.0, -104.05)).find(f"{SVG}circle")
    _, width, height = outline_picture("WY", None, is_dark=False)
    assert float(middle.get("cx")) == pytest.approx(width / 2, abs=2)
    assert float(middle.get("cy")) == pytest.approx(height / 2, abs=2)
    assert float(east.get("cx")) == pytest.approx(width - 12, abs=2)


def test_a_degree_of_longitude_is_as_wide_as_it_is_there():
    _, width, height = outline_picture("WY", None, is_dark=False)
    # 7 degrees of longitude at 43 degrees north are as wide as 5.1 of latitude.
    assert (width - 24) / (height - 24) == pytest.approx(5.12 / 4, rel=0.02)


def test_without_a_place_there_is_no_dot():
    assert drawn("TX", None).find(f"{SVG}circle") is None


def test_alaska_is_one_piece_across_the_date_line():
    alaska = outlines()["AK"]
    assert alaska.east - alaska.west < 60
    assert alaska.holds(52.9, 172.9)


@pytest.mark.parametrize(
    ("place", "holds"), [((31.0, -97.0), True), ((41.0, -97.0), False), ((0.0, 0.0), False)]
)
def test_a_place_far_from_the_state_is_told_apart(place, holds):
    assert outlines()["TX"].holds(*place) == holds
