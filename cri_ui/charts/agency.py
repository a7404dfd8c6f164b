"""Figures of one agency: its timeline, and its peers by requests and by topic."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from cri_data.store.rows import table_rows
from cri_ui.charts.bars import Bar, bar_table
from cri_ui.components.text import count_of, day, escaped, share

EVENTS = {
    "request_received": "Request received",
    "request_decided": "Request decided",
    "request_assigned": "Request assigned",
    "delivery_started": "Delivery started",
    "request_closed": "Request closed",
    "engagement_planned": "Engagement planned",
    "engagement_started": "Engagement started",
    "engagement_ended": "Engagement ended",
    "engagement_cancelled": "Engagement canceled",
    "baseline": "Baseline measured",
    "followup": "Follow-up measured",
}

# So many events are drawn; the table has all.
_MOST_EVENTS = 500

# So many places a lane of the strip has.
_PLACES = 300

_TO_COME = "To come"


def agency_timeline(timeline: pd.DataFrame) -> str:
    """The events by fiscal year, newest first, below a strip of all of them.

    The table has labels instead of codes. Years can be opened and closed.
    """
    if timeline.empty:
        return ""
    drawn = timeline.head(_MOST_EVENTS)
    groups = [(name, list(rows)) for name, rows in groupby(table_rows(drawn), _group)]
    # What is to come, and the newest year.
    opened = {_TO_COME, *[name for name, _ in groups if name != _TO_COME][:1]}
    years = "".join(_year(name, events, name in opened) for name, events in groups)
    cut = (
        f"<p>The newest {_MOST_EVENTS:,} of {count_of(len(timeline), 'event')}. The table "
        "has all.</p>"
        if len(timeline) > _MOST_EVENTS
        else ""
    )
    return f'<div class="timeline">{_strip(timeline)}{years}{cut}</div>'


def _group(row: Any) -> str:
    if pd.isna(row.event_on):
        return "Date not known"
    return _TO_COME if row.is_to_come else f"FY{int(row.fiscal_year)}"


def _year(name: str, events: list[Any], is_open: bool) -> str:
    items = "".join(_event(row) for row in events)
    opened = ' open=""' if is_open else ""
    return (
        f"<details{opened}><summary><b>{name}</b> · "
        f"{count_of(len(events), 'event')}</summary><ol>{items}</ol></details>"
    )


def _event(row: Any) -> str:
    said = "".join(f"{escaped(text)} · " for text in _said(row))
    return (
        f'<li class="{str(row.entity).lower()}"><time>{day(row.event_on)}</time>'
        f"<b>{escaped(_name(row))}</b>"
        f"<span>{said}<i>{escaped(row.record_id)}</i></span></li>"
    )


def _name(row: Any) -> str:
    """What happened, and how it ended where a status says so."""
    if pd.isna(row.status) or row.status == "Planned":
        return row.event
    return f"{row.event} ({str(row.status).lower()})"


def _said(row: Any) -> Iterator[str]:
    """What is said of an event: the metric or topics, and who."""
    if pd.notna(row.metric_name):
        unit = f" ({str(row.unit).lower()})" if pd.notna(row.unit) else ""
        value = f": {row.value:,.4g}{unit}" if pd.notna(row.value) else ""
        yield f"{row.metric_name}{value}"
    elif pd.notna(row.topics):
        yield row.topics
    if pd.notna(row.lead_partner_name) and row.entity == "Engagement":
        yield row.lead_partner_name


def _strip(timeline: pd.DataFrame) -> str:
    """A lane for each kind of record, with a tick for each day something happened."""
    dated = timeline[timeline["event_on"].notna()]
    if dated.empty:
        return ""
    years = sorted({int(year) for year in dated["fiscal_year"]})
    first, last = years[0], years[-1] + 1
    begins = pd.Timestamp(first - 1, 10, 1)
    days = (pd.Timestamp(last - 1, 10, 1) - begins).days
    lanes = "".join(
        _lane(entity, dated[dated["entity"] == entity], begins, days)
        for entity in ("Request", "Engagement", "Outcome")
    )
    step = max(1, (last - first) // 6)
    marks = "".join(
        f'<i style="left:{(year - first) / (last - first):.2%}">FY{year}</i>'
        for year in range(first, last, step)
    )
    scale = f"<p><b></b><span>{marks}</span></p>"
    return f'<div class="strip" aria-hidden="true">{lanes}{scale}</div>'


def _lane(entity: str, events: pd.DataFrame, begins: pd.Timestamp, days: int) -> str:
    # A browser draws no more places than there are pixels to tell apart.
    places = sorted(set((events["event_on"] - begins).dt.days * _PLACES // days))
    ticks = "".join(f'<i style="left:{place / _PLACES:.2%}"></i>' for place in places)
    return f'<p class="{entity.lower()}"><b>{entity}s</b><span>{ticks}</span></p>'


def agency_peers_by_requests(by_requests: pd.DataFrame) -> str:
    """Bars of peers by their number of requests, with the agency's own group marked."""
    bars = [
        Bar(
            group,
            peers,
            f"{peers:,} ({share(part, 1)})",
            "this agency is here" if is_own else "",
        )
        for group, peers, part, is_own in zip(
            by_requests["requests_group"],
            by_requests["peers"],
            by_requests["share_of_peers"],
            by_requests["is_own_group"],
            strict=True,
        )
    ]
    return bar_table(bars, "Requests", "Peers")


def agency_peers_by_topic(by_topic: pd.DataFrame) -> str:
    """Bars of the peers that requested each topic, with what the agency requested."""
    # Of one that never requested anything, it need not be said of each topic.
    is_any = not by_topic["is_never_requested"].all()
    bars = [
        Bar(
            topic,
            part,
            f"{peers:,} ({share(part, 1)})",
            _own_requests(int(requests)) if is_any else "",
        )
        for topic, part, peers, requests in zip(
            by_topic["topic_name"],
            by_topic["share_of_peers_with_topic"],
            by_topic["peers_with_topic"],
            by_topic["requests"],
            strict=True,
        )
    ]
    return bar_table(bars, "Topic", "Peers that requested it")


def _own_requests(requests: int) -> str:
    if not requests:
        return "never requested by this agency"
    return f"this agency: {count_of(requests, 'request')}"
