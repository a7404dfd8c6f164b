"""What all Plotly figures share: layout, labels, and horizontal bars."""

import textwrap
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


def in_two_lines(values: pd.Series) -> list[str]:
    """Labels of up to two lines, short enough for a phone."""
    names: list[str] = []
    for value in values:
        lines = textwrap.wrap(str(value), 22, max_lines=2, placeholder="…")
        name = "<br>".join(plain_html(line) for line in lines)
        while name in names:
            name += INVISIBLE
        names.append(name)
    return names


def bar_figure(
    names: list[str], values: pd.Series, texts: list[str], axis: dict[str, Any]
) -> Figure:
    """A figure of horizontal bars with a text at the end of each. `axis` is the x axis."""
    if not names:
        return {"data": [], "layout": layout(0)}
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": names,
                "x": values.tolist(),
                "text": texts,
                "textposition": "outside",
                "cliponaxis": False,
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        ],
        "layout": layout(
            ROW_HEIGHT * len(names) + 80,
            margin={"l": 8, "r": 48, "t": 8, "b": 8},
            bargap=0.3,
            xaxis={
                "rangemode": "tozero",
                "automargin": True,
                "fixedrange": True,
                "tickformat": ",",
                **axis,
            },
            yaxis={"autorange": "reversed", "automargin": True, "fixedrange": True},
        ),
    }
