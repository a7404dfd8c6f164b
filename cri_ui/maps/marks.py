"""The marks of single engagements, as one picture that the map takes them from."""

import base64
from collections.abc import Sequence

from cri_ui.maps.palette import Group

# Pixels of one mark in the picture, whose marks stand side by side.
_CELL = 64

_OUTLINE = {False: "#16202a", True: "#0b1117"}

# In a cell of 64 by 64.
_SHAPES = {
    "circle": '<circle cx="32" cy="32" r="22"/>',
    "square": '<rect x="12" y="12" width="40" height="40" rx="4"/>',
    "triangle": '<path d="M32 7 57 52H7z" stroke-linejoin="round"/>',
    "diamond": '<path d="M32 5 59 32 32 59 5 32z" stroke-linejoin="round"/>',
    "star": '<path d="M32 4 40 23 60 25 45 39 49 59 32 48 15 59 19 39 4 25 24 23z" '
    'stroke-linejoin="round"/>',
    "ring": '<circle cx="32" cy="32" r="15"/>',
    # Hollow: nothing was delivered.
    "cross": '<path d="M14 14 50 50M50 14 14 50" fill="none" stroke-linecap="round"/>',
}


def atlas(groups: Sequence[Group], is_dark: bool) -> str:
    """The picture with a mark for each group, as an address that needs no request."""
    width = _CELL * len(groups)
    drawn = "".join(
        f'<g transform="translate({_CELL * number} 0)">{_mark(group, is_dark)}</g>'
        for number, group in enumerate(groups)
    )
    return _as_address(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_CELL}" '
        f'viewBox="0 0 {width} {_CELL}">{drawn}</svg>'
    )


def mapping(groups: Sequence[Group]) -> dict[str, dict[str, int]]:
    """Where each mark is in the picture, by its number."""
    return {
        str(number): {"x": _CELL * number, "y": 0, "width": _CELL, "height": _CELL}
        for number in range(len(groups))
    }


def address(group: Group, is_dark: bool) -> str:
    """One mark as an address, for a legend."""
    return _as_address(
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" '
        f'viewBox="0 0 64 64">{_mark(group, is_dark)}</svg>'
    )


def _mark(group: Group, is_dark: bool) -> str:
    shape = _SHAPES[group.shape]
    if group.shape == "cross":
        return f'<g stroke="{group.color}" stroke-width="11">{shape}</g>'
    return (
        f'<g fill="{group.color}" stroke="{_OUTLINE[is_dark]}" stroke-opacity="0.75" '
        f'stroke-width="4">{shape}</g>'
    )


def _as_address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
