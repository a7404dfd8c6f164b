"""The map's colors can be told apart by everybody, and each has a shape besides."""

import pytest

from cri_ui.maps.palette import (
    CANCELLED,
    COLORED_BY,
    GREY,
    GROUND,
    REST,
    Group,
    groups,
)
from tests.maps.color_vision import ciede2000, closest, contrast

PARTNERS = {f"partner P{number}": f"Partner {number}" for number in range(5)}
# CIEDE2000: 2 is seen side by side, and 10 at a glance.
APART = 10


def legend(by: str, is_dark: bool) -> list[Group]:
    return groups(by, PARTNERS, is_dark)


def test_the_distance_is_the_published_one():
    # Sharma, Wu, and Dalal 2005, the first and twentieth pair of their table.
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(
        2.0425, abs=1e-4
    )
    assert ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == (
        pytest.approx(1.2644, abs=1e-4)
    )


def test_the_contrast_is_the_published_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("by", COLORED_BY)
def test_colors_differ_whatever_the_reader_sees(by: str, is_dark: bool):
    colors = sorted({group.color for group in legend(by, is_dark)})
    assert min(closest(colors).values()) >= APART


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("by", COLORED_BY)
def test_at_most_five_colors_and_gray_each_with_a_shape(by: str, is_dark: bool):
    shown = legend(by, is_dark)
    colors = {group.color for group in shown} - {GREY[is_dark]}
    assert 3 <= len(colors) <= 5
    assert len({group.shape for group in shown}) == len(shown)


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("by", ["topic", "partner", "status"])
def test_colors_stand_out_from_the_ground(by: str, is_dark: bool):
    # Marks have a dark outline besides.
    assert all(contrast(one.color, GROUND[is_dark]) > 2.7 for one in legend(by, is_dark))


def test_a_canceled_engagement_looks_like_no_other():
    (cancelled,) = [one for one in legend("status", False) if one.code == "cancelled"]
    assert (cancelled.shape, cancelled.color) == (CANCELLED, GREY[False])
    assert sum(one.shape == CANCELLED for one in legend("status", False)) == 1


def test_the_rest_is_gray_and_hollow_in_every_choice():
    for by in COLORED_BY:
        rest = legend(by, True)[-1]
        assert (rest.code, rest.shape, rest.color) == ("other", REST, GREY[True])
