"""Agency names with no certain match, and the choice of the agency."""

import pyarrow as pa
import streamlit as st

from cri_data.importing.matching.aliases import remember_names
from cri_data.importing.matching.match import UnknownRecord, match_agencies
from cri_data.importing.service import ImportResult
from cri_data.importing.validation.agency_ids import named_rows
from cri_data.model.problem_rules import Rule
from cri_data.store.store import StoreError
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.upload.state import Decided, worked_out

# Most names to confirm at a time; those with the most rows come first.
_NAMES = 40


def uncertain_names(looked: ImportResult) -> list[dict]:
    """Agency names without a certain match, most rows first, with up to three proposals."""
    return worked_out(looked, "uncertain_names", lambda: _uncertain_names(looked))


def _uncertain_names(looked: ImportResult) -> list[dict]:
    if not (looked.checked.problems["rule"] == Rule.AGENCY_NOT_CERTAIN).any():
        return []
    with session.store().cursor() as cursor:
        named = named_rows(cursor, looked.prepared)
        names = match_agencies(cursor, named).to_pylist()
    with_proposals = [name for name in names if name["proposals"]]
    return sorted(with_proposals, key=lambda name: -name["rows"])[:_NAMES]


def draw_names(decided: Decided, named: list[dict]) -> None:
    """Draw the choice of an agency for each name."""
    st.markdown(
        "**Agencies to confirm.** Choose the agency that each name means. Your choice is "
        "saved right away, applies to later files, and is in the audit log."
    )
    with st.grid(2):
        for place, name in enumerate(named):
            _name(decided, place, name)


def _name(decided: Decided, place: int, name: dict) -> None:
    by_id = {proposal["id"]: proposal for proposal in name["proposals"]}
    key = f"name_{decided.key}_{place}_{name['name']}_{name['state']}"

    def confirm() -> None:
        chosen = st.session_state[key]
        if chosen:
            given = {
                part: [name[part]] for part in ("name", "state", "city") if part in name
            }
            confirmed = pa.table({**given, "record_id": [chosen]})
            try:
                remember_names(session.store(), "agencies", confirmed, session.who())
            except (UnknownRecord, StoreError) as error:
                st.error(plain_markdown(error), icon=":material/error:")

    st.selectbox(
        f"{plain_markdown(name['name'])}, {plain_markdown(name['state'] or '')} "
        f"({count_of(name['rows'], 'row')})",
        list(by_id),
        index=None,
        format_func=lambda i: _proposal(by_id[i]),
        placeholder=f"{count_of(len(by_id), 'possible match', 'possible matches')}",
        key=key,
        on_change=confirm,
    )


def _proposal(proposal: dict) -> str:
    """One agency that a name may mean, with the score and the reason."""
    return "{name} ({id}), {score:.0%} match: {reason}".format_map(proposal)
