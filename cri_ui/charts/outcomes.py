"""Charts of outcomes: the shares that improved, and the typical change, by metric."""

from typing import Any

import pandas as pd

from cri_data.model.code_lists import GOALS, UNITS
from cri_data.store.rows import table_rows
from cri_ui.charts.bars import linked
from cri_ui.charts.figures import round_steps
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import escaped, share, whole

# The three shares of a bar, with their names; the colors are in static/frame.css.
PARTS = {"improved": "Improved", "same": "Same", "worse": "Worse"}


def outcomes_by_metric(by_metric: pd.DataFrame) -> str:
    """Bars of improved, same, and worse outcomes by metric, the most improved first."""
    shown = by_metric[by_metric["n"] > 0].sort_values(
        ["share_improved", "metric_id"], ascending=[False, True]
    )
    rows = [
        _shares_row(row, row.metric_name, GOALS.labels.get(row.goal, row.goal), row.verdict)
        for row in table_rows(shown)
    ]
    return _shares_table(rows, "Metric", "Verdict")


def outcomes_by_group(
    by_group: pd.DataFrame, names: str, key: str = "", links: FilterLinks | None = None
) -> str:
    """Bars of improved, same, and worse outcomes by group, with the pooled share.

    With `links` and the `key` of a filter, each name filters to its group.
    """
    shown = by_group[by_group["n"] > 0]
    rows = [
        _shares_row(
            *(row, row.group_name, "", share(row.share_improved_pooled)),
            links.to({key: row.group_name}) if links and key else "",
        )
        for row in table_rows(shown)
    ]
    return _shares_table(rows, names, "Pooled")


def _shares_table(rows: list[str], names: str, last: str) -> str:
    if not rows:
        return ""
    key = " ".join(f'<i class="{part}"></i>{label}' for part, label in PARTS.items())
    return (
        f'<div class="shares" role="region" tabindex="0" aria-label="Outcomes improved, '
        f'same, and worse, by {escaped(names).lower()}"><table><thead><tr>'
        f'<th scope="col">{escaped(names)}</th><th scope="col">Improved (95% interval)</th>'
        f'<th scope="col">{key}</th><th scope="col">Measured</th>'
        f'<th scope="col">{last}</th></tr></thead><tbody>{"".join(rows)}</tbody>'
        "</table></div>"
    )


def _shares_row(row: Any, name: object, remark: str, last: str, link: str = "") -> str:
    small = f"<small>{escaped(remark)}</small>" if remark else ""
    limits = f"{share(row.share_improved_low)} to {share(row.share_improved_high)}"
    return (
        f'<tr><th scope="row">{linked(name, link)}{small}</th>'
        f"<td>{share(row.share_improved)} <small>{limits}</small></td>"
        f"<td><div>{_parts(row)}</div></td>"
        f"<td>{whole(row.n)}</td><td>{escaped(last)}</td></tr>"
    )


def _parts(row: Any) -> str:
    counts = {part: getattr(row, f"outcomes_{part}") for part in PARTS}
    return "".join(
        f'<i class="{part}" style="width:{count / row.n:.2%}" '
        f'title="{PARTS[part]}: {whole(count)} of {whole(row.n)}"></i>'
        for part, count in counts.items()
        if count
    )


def outcomes_typical_change(by_metric: pd.DataFrame) -> str:
    """The typical agency's change with its 95% interval, one scale per unit, zero marked.

    Units do not share a scale: a point of a survey is not a crime.
    """
    known = by_metric[by_metric["typical_change"].notna()]
    parts = [
        _panel(UNITS.labels[unit], known[known["unit"] == unit])
        for unit in UNITS.values
        if unit in set(known["unit"])
    ]
    if not parts:
        return ""
    return (
        '<div class="dots" role="region" tabindex="0" aria-label="Typical change">'
        '<table><thead><tr><th scope="col">Metric</th><th scope="col" colspan="2">'
        f"Typical change (95% interval)</th></tr></thead>{''.join(parts)}</table></div>"
    )


def _panel(unit: str, metrics: pd.DataFrame) -> str:
    """The rows of one unit, under its name and some values of its scale."""
    low, high = _span(metrics)
    rows = "".join(_dot_row(row, low, high) for row in table_rows(metrics))
    steps = "".join(
        f'<span style="left:{_part(value, low, high)}">{value:+,g}</span>'
        for value in round_steps(low, high)
        if value
    )
    zero = _at("b", 0, low, high)
    return (
        f'<tbody><tr><th scope="rowgroup">{escaped(unit)}</th>'
        f'<td><p aria-hidden="true">{steps}{zero}</p></td><td></td></tr>{rows}</tbody>'
    )


def _dot_row(row: Any, low: float, high: float) -> str:
    change = row.typical_change
    start, end = row.typical_change_low, row.typical_change_high
    is_known = pd.notna(start) and pd.notna(end)
    limits = f" <small>{start:+,.2f} to {end:+,.2f}</small>" if is_known else ""
    line = (
        f'<i style="left:{_part(start, low, high)};'
        f'width:{(end - start) / (high - low):.2%}"></i>'
        if is_known
        else ""
    )
    # With words of its own: a lower value is better where nothing else would say so.
    better = "<small>(↓ better)</small>" if row.better == "lower" else ""
    return (
        f'<tr><th scope="row">{escaped(row.metric_name)} {better}</th>'
        f"<td><div>{_at('b', 0, low, high)}{line}{_at('em', change, low, high)}</div></td>"
        f"<td>{change:+,.2f}{limits}</td></tr>"
    )


def _at(tag: str, value: float, low: float, high: float) -> str:
    """A mark at a value of the scale."""
    return f'<{tag} style="left:{_part(value, low, high)}"></{tag}>'


def _part(value: float, low: float, high: float) -> str:
    return f"{(value - low) / (high - low):.2%}"


def _span(metrics: pd.DataFrame) -> tuple[float, float]:
    """The ends of a scale that includes zero and every interval, with a margin."""
    low = min(metrics["typical_change_low"].fillna(metrics["typical_change"]).min(), 0)
    high = max(metrics["typical_change_high"].fillna(metrics["typical_change"]).max(), 0)
    room = (high - low) * 0.06 or 1
    return low - room, high + room
