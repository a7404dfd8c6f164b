"""Tables of partners: the field, what they cover, what waits, and the load of one."""

from typing import Any

import pandas as pd

from cri_data.model.code_lists import SELECTION_STATUSES
from cri_data.store.rows import table_records, table_rows
from cri_ui.charts.bars import Bar, bar_table, linked
from cri_ui.charts.cells import Cell, cell_table
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import UNKNOWN, count_of, day, escaped, share, whole
from cri_ui.session import session

_HEADS = (
    *("Partner", "Engagements", "Hours", "Days to start", "Outcomes improved"),
    *("Open now", "Capacity used"),
)
# As many quarters are in the chart of the load; the table has all.
_QUARTERS = 12


def partners_list(field: pd.DataFrame, links: FilterLinks) -> str:
    """A row per partner, in the order of the table; each name opens the partner."""
    if field.empty:
        return ""
    few = f"n < {session.suppress_below()}"
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = "".join(_row(row, links, few) for row in table_rows(field))
    return (
        '<div class="field" role="region" tabindex="0" aria-label="Partners"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: Any, links: FilterLinks, few: str) -> str:
    name = linked(row.partner_name, links.to({"partner": row.partner_name}))
    cells = (
        (whole(row.engagements), _statuses(row)),
        (whole(row.hours), _reported(row)),
        (
            whole(row.median_days_to_delivery_started),
            f"n {row.requests_started:,}, {row.requests_not_started:,} wait"
            if row.requests_started or row.requests_not_started
            else "",
        ),
        outcomes_improved(row, few),
        (
            whole(row.engagements_open),
            f"{row.engagements_late:,} late" if row.engagements_late else "",
        ),
        (
            share(row.share_of_capacity_last_quarter),
            f"of {whole(row.capacity_hours_per_quarter)} hours"
            if pd.notna(row.share_of_capacity_last_quarter)
            else "",
        ),
    )
    drawn = "".join(f"<td>{text}<small>{small}</small></td>" for text, small in cells)
    return f'<tr><th scope="row">{name}<small>{selection(row)}</small></th>{drawn}</tr>'


def status_label(status: Any) -> str:
    """The name of a selection status. A dash if it is not known."""
    return UNKNOWN if pd.isna(status) else SELECTION_STATUSES.labels.get(status, status)


def selection(row: Any) -> str:
    """Status and dates of the selection, such as "Selected, since Oct 1, 2017"."""
    status = escaped(row.selection_status) or "No status"
    if pd.notna(row.effective_to_on):
        since = day(row.effective_from_on)
        return f"{status}, {since} to {day(row.effective_to_on)}"
    if pd.notna(row.effective_from_on):
        return f"{status}, since {day(row.effective_from_on)}"
    if pd.isna(row.applied_on):
        return status
    if status == SELECTION_STATUSES.labels["applied"]:
        return f"{status} {day(row.applied_on)}"
    return f"{status}, applied {day(row.applied_on)}"


def outcomes_improved(row: Any, few: str) -> tuple[str, str]:
    """The share of outcomes improved, and its interval with n; hidden if of too few."""
    if row.is_suppressed:
        return few, ""
    if pd.isna(row.n) or not row.n:
        return UNKNOWN, ""
    low, high = share(row.share_improved_low), share(row.share_improved_high)
    return share(row.share_improved), f"{low} to {high}, n {whole(row.n)}"


def _statuses(row: Any) -> str:
    if not row.engagements:
        return ""
    return (
        f"{row.engagements_planned:,} planned, {row.engagements_active:,} active, "
        f"{row.engagements_completed:,} completed"
    )


def _reported(row: Any) -> str:
    if row.engagements_with_hours == row.engagements:
        return ""
    return f"reported for {row.engagements_with_hours:,}"


def partners_by_topic(table: pd.DataFrame, links: FilterLinks) -> str:
    """A row per topic and a column per partner: engagements, and a mark for expertise."""
    heads = {
        row.partner_id: row.acronym + ("" if row.is_selected else "*")
        for row in sorted(
            table_rows(table), key=lambda row: (not row.is_selected, row.partner_name)
        )
    }
    at: dict[str, dict[str, Any]] = {}
    names: dict[str, str] = {}
    for row in table_rows(table):
        names[row.topic_id] = row.topic_name
        at.setdefault(row.topic_id, {})[row.partner_id] = row
    most = max(table["engagements"], default=0) or 1
    rows = [
        (name, [_covered(at[topic].get(partner), most) for partner in heads])
        for topic, name in names.items()
    ]
    return cell_table(
        "Topic",
        list(heads.values()),
        rows,
        "Engagements led, by topic and partner. ✓ expertise, * not selected now",
        [links.to({"topic": name}) for name in names.values()],
    )


def _covered(row: Any, most: int) -> Cell:
    if row is None:
        return Cell("")
    mark = "✓" if row.has_expertise else ""
    if not row.engagements:
        return Cell(mark)
    return Cell(f"{mark} {row.engagements:,}".strip(), row.engagements / most)


def unassigned_requests_by_topic(table: pd.DataFrame, links: FilterLinks) -> str:
    """Bars of waiting requests by topic, with the partners that know it."""
    bars = [
        Bar(
            row["topic_name"],
            row["requests_unassigned"],
            whole(row["requests_unassigned"]),
            row["partners"] if row["partners_selected"] else "no selected partner",
            link=links.to({"topic": row["topic_name"]}),
        )
        for row in table_records(table)
    ]
    return bar_table(bars, "Topic", "Accepted requests")


def unassigned_requests_by_state(table: pd.DataFrame, links: FilterLinks) -> str:
    """Bars of waiting requests by state, with how many partners are there or near."""
    bars = [
        Bar(
            row["state_name"],
            row["requests_unassigned"],
            whole(row["requests_unassigned"]),
            _near(row),
            link=links.to({"state": row["state_name"]}),
        )
        for row in table_records(table)
    ]
    return bar_table(bars, "State", "Accepted requests")


def _near(row: dict[str, Any]) -> str:
    if row["partners_in_state"]:
        return count_of(row["partners_in_state"], "partner")
    if row["partners_in_division"]:
        return f"no partner; {row['partners_in_division']:,} near"
    return "no partner near"


def partner_load_by_quarter(table: pd.DataFrame) -> str:
    """Bars of hours by quarter, newest first, with the share of capacity."""
    bars = [
        Bar(
            row["quarter"],
            row["hours"],
            f"{whole(row['hours'])} ({share(row['share_of_capacity'])})",
            count_of(row["engagements"], "engagement")
            + (", not over" if row["is_partial"] else ""),
        )
        for row in table_records(table.head(_QUARTERS))
    ]
    capacity = table["capacity_hours_per_quarter"].max()
    most = max(table.head(_QUARTERS)["hours"].max(), capacity, 1)
    return bar_table(bars, "Fiscal quarter", "Hours (capacity used)", most)
