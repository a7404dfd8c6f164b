"""Open requests on the Timeliness page: by age, stage, and partner, and their list."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import REQUEST_STATUSES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_data.model.stages import AGE_BANDS, WAITS_FOR
from cri_ui.charts import timeliness as charts
from cri_ui.components import columns, filter_links, page, row_picker
from cri_ui.session import session
from cri_ui.views.timeliness_words import AGES, LEADS

_ALL = "All"


@dataclass(frozen=True)
class _Chosen:
    """What the list shows: age band, end of stage waited for, lead partner. None: all."""

    age_band: int | None
    waits_for: str | None
    lead_partner_id: str | None

    def values(self) -> dict[str, object]:
        """The parameters of the questions."""
        return {
            "age_band": self.age_band,
            "waits_for": self.waits_for,
            "lead_partner_id": self.lead_partner_id,
        }

    def in_words(self) -> str:
        """What is chosen, to be added to the filters in words."""
        said = (
            ("age", AGE_BANDS.get(self.age_band or 0)),
            ("waits for", WAITS_FOR.get(self.waits_for or "")),
            ("lead partner", self.lead_partner_id),
        )
        return "".join(f"; {name}: {value}" for name, value in said if value)


def _of_all_dates() -> str:
    """The filters in words, for what ignores dates."""
    return f"{session.filters_in_words()} (dates ignored)"


def ages(viewer: Viewer, filters: Filters, by_partner: pd.DataFrame) -> None:
    """Draw open requests by age: what they wait for, and who leads them."""
    by_stage = session.fetch("backlog_by_stage", viewer, filters)
    page.chart(
        charts.backlog_by_stage,
        session.made_of(
            by_stage,
            "stage names",
            lambda: page.with_labels(by_stage, waits_for=WAITS_FOR),
        ),
        name="backlog_by_stage",
        title="Open requests by age and what they wait for",
        alt="Heat table: open requests by stage and days since received.",
        definition=AGES,
        said=_of_all_dates(),
    )
    page.chart(
        charts.backlog_by_partner,
        by_partner,
        filter_links.here(),
        name="backlog_by_partner",
        title="Open requests by age and partner",
        alt="Heat table: open requests by lead partner and days since received.",
        definition=LEADS,
        said=_of_all_dates(),
    )


def rows_behind(viewer: Viewer, filters: Filters, by_partner: pd.DataFrame) -> None:
    """Draw the list of open requests, and the details of the chosen one."""
    with st.container(border=True):
        st.header("Open requests", help=LEADS)
        choices = _choices(by_partner)
        chosen = choices.values()
        totals = session.fetch_row("backlog_totals", viewer, filters, **chosen)
        total = int(totals.requests_open)
        limit = row_picker.row_limit(total, "backlog")
        found = session.fetch("backlog_list", viewer, filters, **chosen, row_limit=limit)
        page.rows_shown(len(found), total, "open request", said=_of_all_dates())
        place = row_picker.chosen_row(
            found,
            _shown,
            "request_id",
            "backlog_rows",
            "Open requests, longest wait first.",
        )
        page.download_all(
            "backlog_list",
            "Open requests",
            f"{total:,} rows",
            lambda: session.fetch_all("backlog_list", viewer, filters, **chosen),
            f"{_of_all_dates()}{choices.in_words()}",
        )
        if place is not None:
            row_picker.request_in_full(viewer, found["request_id"].iloc[place])


def _choices(by_partner: pd.DataFrame) -> _Chosen:
    """Draw the choices of the list. Returns what is chosen."""
    leads = dict(
        zip(by_partner["lead_partner_id"], by_partner["lead_partner_name"], strict=True)
    )
    bands = {label: number for number, label in AGE_BANDS.items()}
    with st.grid(3, min_column_width=200):
        band = st.selectbox("Age", [_ALL, *bands], key="age", bind="query-params")
        stage = st.selectbox(
            "Waits for",
            [_ALL, *WAITS_FOR],
            format_func=lambda name: WAITS_FOR.get(name, _ALL),
            key="waits",
            bind="query-params",
        )
        lead = st.selectbox(
            "Lead partner",
            [_ALL, *leads],
            format_func=lambda name: leads.get(name, _ALL),
            key="lead",
            bind="query-params",
        )
    # The browser can send any value.
    return _Chosen(
        bands.get(band),
        stage if stage in WAITS_FOR else None,
        lead if lead in leads else None,
    )


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return page.with_labels(
        columns.shown(found), status=REQUEST_STATUSES.labels, waits_for=WAITS_FOR
    )
