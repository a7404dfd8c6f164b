"""What all Plotly figures share: layout and labels."""

import math
from typing import Any

import pandas as pd

from cri_ui.components.text import INVISIBLE, plain_html

Figure = dict[str, Any]


def layout(height: int, **more: Any) -> dict[str, Any]:
    """A figure's layout. `height` is in pixels; `more` is specific to the figure."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        **more,
    }


def names_of(values: pd.Series) -> list[str]:
    """Labels made unique, because Plotly draws equal labels in one place."""
    names: list[str] = []
    for value in values:
        name = plain_html(value)
        while name in names:
            name += INVISIBLE
        names.append(name)
    return names


def round_steps(low: float, high: float) -> list[float]:
    """About four round values of a scale, as far apart as 1, 2, or 5 of a power of ten."""
    rough = (high - low) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [round(step * number, 10) for number in range(first, last + 1)]
