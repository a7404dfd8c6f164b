"""Figures, each drawn from one query result, without arithmetic.

Bars, heat tables, dots, months, and the state map are HTML. The funnel plot, the forecast,
and the backlog by month are Plotly figures as plain dicts: a dict costs a thousandth of
what building the same figure with Plotly's classes does.
"""

from cri_ui.charts.heat import (
    MEASURES,
    requests_by_fiscal_year_and_topic,
    requests_by_group_and_topic,
)
from cri_ui.charts.months import requests_by_fiscal_month, requests_by_month_expected
from cri_ui.charts.outcomes import (
    outcomes_by_group,
    outcomes_by_metric,
    outcomes_typical_change,
)
from cri_ui.charts.requests import (
    engagements_by_partner,
    published_requests_by_topic,
    requests_by_region,
    requests_by_size_band,
    requests_by_topic,
)

__all__ = [
    "MEASURES",
    "engagements_by_partner",
    "outcomes_by_group",
    "outcomes_by_metric",
    "outcomes_typical_change",
    "published_requests_by_topic",
    "requests_by_fiscal_month",
    "requests_by_fiscal_year_and_topic",
    "requests_by_group_and_topic",
    "requests_by_month_expected",
    "requests_by_region",
    "requests_by_size_band",
    "requests_by_topic",
]
