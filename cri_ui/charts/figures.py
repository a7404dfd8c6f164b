"""What all Plotly figures share: layout and labels."""

from typing import Any

import pandas as pd

from cri_ui.components.text import INVISIBLE, plain_html

Figure = dict[str, Any]

ROW_HEIGHT = 30


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
