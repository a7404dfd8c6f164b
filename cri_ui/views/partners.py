"""Partners page: the table of all partners."""

import pandas as pd

from cri_data.model.code_lists import SELECTION_STATUSES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.charts import partners as charts
from cri_ui.components import filter_links, page
from cri_ui.components.switch import switch
from cri_ui.components.text import count_of, day, plain_markdown
from cri_ui.session import session

FIELD = (
    "Of engagements that the partner leads and that started (or are planned to start) in "
    "the period; canceled ones don't count. Hours: as far as they are reported. Days to "
    "start: median days from assigned to the start of delivery, of requests received in "
    "the period, with those that still wait counted (Kaplan-Meier). Outcomes improved: of "
    "follow-ups in the period, with the 95% interval (Wilson). Open and late: now, "
    "whatever the period. Capacity used: hours of engagements that began in the last "
    "complete fiscal quarter, divided by the partner's capacity."
)
_SORTED = {"name": "Name", "engagements": "Engagements"}
_NO_RANKING = (
    "This is no ranking: partners serve different agencies on different topics, and where "
    "intervals overlap, a difference may be chance. So the table is by name, or by number "
    "of engagements. A click on a name opens that partner."
)


def field_of(viewer: Viewer, filters: Filters) -> pd.DataFrame:
    """The partners, each with how soon delivery starts, as *Timeliness* has it."""
    few = session.suppress_below()
    field = session.fetch("partners_list", viewer, filters, suppress_below=few)
    times = session.fetch(
        "stage_times_by_partner", viewer, filters, stage="delivery_started"
    )
    joined, _ = session.made_of(
        field,
        ("times", id(times)),
        # The times are kept too, so no other answer can get their id.
        lambda: (_with_times(field, times), times),
    )
    return joined


def _with_times(field: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    names = {
        "lead_partner_id": "partner_id",
        "median_days": "median_days_to_delivery_started",
        "requests_ended": "requests_started",
        "requests_in_stage": "requests_not_started",
    }
    counts = {"requests_started": 0, "requests_not_started": 0}
    joined = field.merge(
        times[list(names)].rename(columns=names), on="partner_id", how="left"
    ).fillna(counts)
    joined = joined.astype(dict.fromkeys(counts, "int64"))
    joined.attrs = dict(field.attrs)
    return joined


def in_a_sentence(field: pd.DataFrame) -> str:
    """How many partners there are, by selection."""
    if field.empty:
        return "No partners."
    if len(field) == 1:
        row = field.iloc[0]
        status = charts.status_label(row.selection_status)
        applied = f" Applied {day(row.applied_on)}." if pd.notna(row.applied_on) else ""
        return f"**{plain_markdown(row.partner_name)}**. Selection: {status}.{applied}"
    counts = [
        f"{int((field['selection_status'] == status).sum()):,} {label.lower()}"
        for status, label in SELECTION_STATUSES.labels.items()
        if (field["selection_status"] == status).any()
    ]
    unknown = int(field["selection_status"].isna().sum())
    if unknown:
        counts.append(f"{unknown:,} without a status")
    return f"**{count_of(len(field), 'partner')}**: {', '.join(counts)}."


def is_one(filters: Filters) -> bool:
    """Whether exactly one partner is chosen."""
    return filters.partners is not None and len(filters.partners) == 1


def draw_field(field: pd.DataFrame) -> None:
    """Draw the table of partners, by name or by engagements."""
    sorted_by = switch("Sort by", _SORTED, "partners_by")
    table = session.made_of(field, ("field", sorted_by), lambda: _sorted(field, sorted_by))
    page.chart(
        charts.partners_list,
        table,
        filter_links.here(),
        name="partners_list",
        title="The field of partners",
        alt="Table: selection, engagements, hours, days to start, outcomes, and load.",
        definition=FIELD,
        summary=_NO_RANKING,
    )


def _sorted(field: pd.DataFrame, sorted_by: str) -> pd.DataFrame:
    named = page.with_labels(field, selection_status=SELECTION_STATUSES.labels)
    if sorted_by == "name":
        return named
    return named.sort_values(["engagements", "partner_name"], ascending=[False, True])
