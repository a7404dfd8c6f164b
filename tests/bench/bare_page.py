"""The yardstick: a Streamlit page as one writes it first, without any tuning.

Six Plotly figures, nine multiselects and a table of 200 rows, on Streamlit's own
defaults. Its data is small and in memory, so it never waits for a query. The figures
are graph objects: plotly.express takes ten times as long to build the same ones, and
the dashboard would look good beside it for no merit of its own. What the dashboard
costs is given as a ratio to this page, measured in the same run.
"""

import itertools
import random

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

TOPICS = [f"Topic of assistance number {number}" for number in range(1, 15)]
REGIONS = ["Northeast", "Midwest", "South", "West", "Territories"]
SIZES = ["Under 10", "10-24", "25-49", "50-99", "100-249", "250-499", "500-999"]
SIZES += ["1,000 or more", "Not reported"]
MONTHS = [str(month) for month in pd.period_range("2017-10", "2024-09", freq="M")]
CHOICES = {
    "Topics": TOPICS,
    "Regions": REGIONS,
    "Divisions": [f"Division {number}" for number in range(1, 11)],
    "States": [f"State {number}" for number in range(1, 57)],
    "Agency size (sworn officers)": SIZES,
    "Agency types": ["Municipal", "Sheriff", "County", "State", "Tribal", "Campus"],
    "Partners": [f"Partner {number}" for number in range(1, 21)],
    "Engagement status": ["Planned", "Active", "Completed", "Cancelled"],
    "Fiscal years": [f"FY{year}" for year in range(2018, 2027)],
}


@st.cache_data
def counts() -> pd.DataFrame:
    """Requests by topic, region and size of the agency."""
    chance = random.Random(1)  # noqa: S311 - no secret, the same numbers each time
    cells = itertools.product(TOPICS, REGIONS, SIZES)
    rows = [(*cell, chance.randint(1, 40)) for cell in cells]
    return pd.DataFrame(rows, columns=["topic", "region", "size", "requests"])


@st.cache_data
def months() -> pd.DataFrame:
    """Requests by month and region."""
    chance = random.Random(2)  # noqa: S311
    cells = itertools.product(MONTHS, REGIONS)
    rows = [(*cell, chance.randint(1, 40)) for cell in cells]
    return pd.DataFrame(rows, columns=["month", "region", "requests"])


@st.cache_data
def requests() -> pd.DataFrame:
    """Requests one by one, ten columns."""
    chance = random.Random(3)  # noqa: S311
    rows = [
        {
            "request": f"R-2024-{number:05d}",
            "agency": f"Police department of place {chance.randint(1, 9000)}",
            "state": chance.choice(CHOICES["States"]),
            "region": chance.choice(REGIONS),
            "size": chance.choice(SIZES),
            "type": chance.choice(CHOICES["Agency types"]),
            "topic": chance.choice(TOPICS),
            "status": chance.choice(CHOICES["Engagement status"]),
            "received": pd.Timestamp("2024-01-01") + pd.Timedelta(days=number % 300),
            "days": chance.randint(1, 400),
        }
        for number in range(1000)
    ]
    return pd.DataFrame(rows)


st.set_page_config(page_title="Bare page", layout="wide")
with st.sidebar:
    chosen = {label: st.multiselect(label, options) for label, options in CHOICES.items()}
kept = chosen["Regions"] or REGIONS
found = counts()
found = found[found.region.isin(kept) & found.topic.isin(chosen["Topics"] or TOPICS)]
by_month = months()
by_month = by_month[by_month.region.isin(kept)]
listed = requests()
listed = listed[listed.region.isin(kept)].head(200)

st.title("Requests")
left, right = st.columns(2)
with left:
    totals = found.groupby("topic", as_index=False).requests.sum()
    st.plotly_chart(go.Figure(go.Bar(x=totals.requests, y=totals.topic, orientation="h")))
    totals = found.groupby("size", as_index=False).requests.sum()
    st.plotly_chart(go.Figure(go.Bar(x=totals["size"], y=totals.requests)))
with right:
    totals = found.groupby("region", as_index=False).requests.sum()
    st.plotly_chart(go.Figure(go.Bar(x=totals.region, y=totals.requests)))
    lines = [
        go.Scatter(x=part.month, y=part.requests, name=region)
        for region, part in by_month.groupby("region")
    ]
    st.plotly_chart(go.Figure(lines))
for column in ("region", "size"):
    table = found.pivot_table("requests", "topic", column, aggfunc="sum")
    cells = go.Heatmap(z=table, x=table.columns, y=table.index, texttemplate="%{z}")
    st.plotly_chart(go.Figure(cells))
st.dataframe(listed)
