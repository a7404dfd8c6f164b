"""Topics by region or agency size: a table whose cells are colored."""

import pandas as pd

from cri_data.model.code_lists import REGIONS
from cri_ui.charts.figures import ROW_HEIGHT, Figure, layout, names_of
from cri_ui.components.text import plain_html

MEASURES = {
    "requests": ("Requests", ",.0f"),
    "requests_per_1000_agencies": ("Requests per 1,000 agencies", ",.1f"),
}


def _heat(table: pd.DataFrame, across: str, order: list[str], measure: str) -> Figure:
    """Topics down, `across` over them; a cell without requests shows 0."""
    label, number = MEASURES[measure]
    topics = (
        table.groupby(["topic_id", "topic_name"], as_index=False)["requests"]
        .sum()
        .sort_values(["requests", "topic_id"], ascending=[False, True])
    )
    cells = table.pivot_table(
        index="topic_id", columns=across, values=measure, aggfunc="first"
    )
    cells = cells.reindex(index=topics["topic_id"], columns=order).fillna(0)
    return {
        "data": [
            {
                "type": "heatmap",
                "x": [plain_html(name) for name in order],
                "y": names_of(topics["topic_name"]),
                "z": cells.to_numpy().tolist(),
                "zmin": 0,
                "texttemplate": "%{z:" + number + "}",
                "hovertemplate": "%{y}, %{x}: %{z:"
                + number
                + "} "
                + label.lower()
                + "<extra></extra>",
                # See-through, so that one scale is light on light and dark on
                # dark, and never so strong that the number on it is not read.
                "colorscale": [
                    [0, "rgba(47,127,200,0.04)"],
                    [1, "rgba(47,127,200,0.62)"],
                ],
                "xgap": 2,
                "ygap": 2,
                "showscale": False,
            }
        ],
        "layout": layout(
            ROW_HEIGHT * len(topics) + 90,
            xaxis={
                "side": "top",
                "type": "category",
                "fixedrange": True,
                "showgrid": False,
                "automargin": True,
            },
            yaxis={
                "showgrid": False,
                "autorange": "reversed",
                "automargin": True,
                "fixedrange": True,
                "type": "category",
            },
        ),
    }


def requests_by_region_and_topic(table: pd.DataFrame, measure: str) -> Figure:
    """Topics by Census region, and the territories beside them."""
    present = set(table["region"])
    order = [name for name in (*REGIONS, "Not reported") if name in present]
    return _heat(table, "region", order, measure)


def requests_by_size_band_and_topic(
    table: pd.DataFrame, measure: str, is_phone: bool = False
) -> Figure:
    """Topics by agency size, smallest first.

    On a phone ten columns have no room for numbers that can be read: the table has.
    """
    bands = table[["band_order", "size_band"]].drop_duplicates().sort_values("band_order")
    figure = _heat(table, "size_band", bands["size_band"].tolist(), measure)
    if is_phone:
        del figure["data"][0]["texttemplate"]
    return figure
