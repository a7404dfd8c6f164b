"""Charts of requests by topic, agency size, and region; engagements by partner."""

import pandas as pd

from cri_ui.charts.bars import Bar, bar_table
from cri_ui.components.text import share, whole


def requests_by_topic(by_topic: pd.DataFrame) -> str:
    """Bars of requests by topic, most first."""
    return _counts(by_topic, "topic_name", "Topic")


def published_requests_by_topic(by_topic: pd.DataFrame) -> str:
    """Bars of a published quarter's requests by topic. A hidden total has no bar."""
    return requests_by_topic(by_topic[~by_topic["is_suppressed"]])


def requests_by_region(by_region: pd.DataFrame) -> str:
    """Bars of requests by region."""
    return _counts(by_region, "region", "Region")


def requests_by_size_band(by_band: pd.DataFrame) -> str:
    """Bars of the share of agencies with requests, by agency size."""
    bars = [
        Bar(band, reach, share(reach, 1))
        for band, reach in zip(
            by_band["size_band"], by_band["share_of_agencies_reached"], strict=True
        )
    ]
    return bar_table(bars, "Sworn officers", "Share of agencies with requests")


def engagements_by_partner(by_partner: pd.DataFrame) -> str:
    """Bars of engagements by lead partner, with the median days to delivery."""
    bars = [
        Bar(partner, count, f"{count:,} · {whole(days)} days")
        for partner, count, days in zip(
            by_partner["lead_partner_name"],
            by_partner["engagements"],
            by_partner["median_days_to_delivery_started"],
            strict=True,
        )
    ]
    return bar_table(bars, "Lead partner", "Engagements · median days to delivery")


def _counts(table: pd.DataFrame, column: str, names: str) -> str:
    """Bars of the requests of each row, named by `column`."""
    rows = zip(table[column], table["requests"], strict=True)
    return bar_table([Bar(name, n, whole(n)) for name, n in rows], names, "Requests")
