"""Charts of requests by topic, agency size, and region; engagements by partner."""

import pandas as pd

from cri_ui.charts.bars import Bar, bar_table
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import share, whole


def requests_by_topic(by_topic: pd.DataFrame, links: FilterLinks | None = None) -> str:
    """Bars of requests by topic, most first. Each name is a link that filters to it."""
    return _counts(by_topic, "topic_name", "Topic", links)


def published_requests_by_topic(by_topic: pd.DataFrame) -> str:
    """Bars of a published quarter's requests by topic. A hidden total has no bar."""
    return requests_by_topic(by_topic[~by_topic["is_suppressed"]])


def requests_by_region(by_region: pd.DataFrame, links: FilterLinks | None = None) -> str:
    """Bars of requests by region. Each name is a link that filters to it."""
    return _counts(by_region, "region", "Region", links)


def requests_by_size_band(by_band: pd.DataFrame, links: FilterLinks | None = None) -> str:
    """Bars of the share of agencies with requests, by agency size."""
    bars = [
        Bar(band, reach, share(reach, 1), link=links.to({"size": band}) if links else "")
        for band, reach in zip(
            by_band["size_band"], by_band["share_of_agencies_reached"], strict=True
        )
    ]
    return bar_table(bars, "Sworn officers", "Share of agencies with requests")


def engagements_by_partner(
    by_partner: pd.DataFrame, links: FilterLinks | None = None
) -> str:
    """Bars of engagements by lead partner, with the median days to delivery."""
    bars = [
        Bar(
            *(partner, count, f"{count:,} · {whole(days)} days"),
            link=links.to({"partner": partner}) if links else "",
        )
        for partner, count, days in zip(
            by_partner["lead_partner_name"],
            by_partner["engagements"],
            by_partner["median_days_to_delivery_started"],
            strict=True,
        )
    ]
    return bar_table(bars, "Lead partner", "Engagements · median days to delivery")


def _counts(table: pd.DataFrame, column: str, names: str, links: FilterLinks | None) -> str:
    """Bars of the requests of each row, named by `column`."""
    key = names.lower()
    bars = [
        Bar(name, n, whole(n), link=links.to({key: name}) if links else "")
        for name, n in zip(table[column], table["requests"], strict=True)
    ]
    return bar_table(bars, names, "Requests")
