"""Records page: agencies that are probably one, side by side, to merge in one step."""

from collections.abc import Sequence

import streamlit as st

from cri_data.local_time import local_time
from cri_data.records import (
    ComparedAgency,
    DuplicatePair,
    Merge,
    RecordError,
    duplicate_pairs,
    merge_all,
    merged_as_suggested,
)
from cri_data.store.store import StoreError
from cri_ui.components import page
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.record_form import show_after_rerun

# Most pairs shown at a time, and most merges that the message afterwards lists.
_PAIRS, _LISTED = 25, 10

# The pairs of this visit, with the version of the data that they are from.
_FOUND = "_records_duplicates"


def draw_duplicates() -> None:
    """Draw the pairs, the choice of the one to keep of each, and the button that merges."""
    with st.expander(
        "Probable duplicates",
        icon=":material/difference:",
        key="records_duplicates",
        on_change="rerun",
    ) as expander:
        if not expander.open:
            return
        pairs = _pairs()
        if not pairs:
            st.info("No agencies look like duplicates.", icon=":material/done_all:")
            return
        page.note(
            "Agencies with the same name and place, or the same ID written differently. "
            "Check the pairs that are one agency, and choose which one to keep. Requests "
            "of the other move to it, and files that still use the other's ID are matched "
            "to it. You can undo each merge in the upload history."
        )
        shown = pairs[:_PAIRS]
        likely = merged_as_suggested(shown)
        if len(likely) > 1:
            st.button(
                f"Check {count_of(len(likely), 'pair')} as suggested",
                icon=":material/select_check_box:",
                type="tertiary",
                on_click=_check_all,
                args=(likely,),
            )
        with st.grid(2, min_column_width=400):
            chosen = [merge for pair in shown if (merge := _pair(pair))]
        if len(pairs) > len(shown):
            page.note(
                f"The first {len(shown)} of {len(pairs):,} pairs. Others follow when these "
                "are merged."
            )
        _confirm(chosen)


def _pairs() -> list[DuplicatePair]:
    """The pairs of the store as it is now, found once for each state of the data."""
    version = session.info().data_version
    known = st.session_state.get(_FOUND)
    if known is None or known[0] != version:
        with st.spinner("Comparing all agencies…"):
            known = (version, duplicate_pairs(session.store()))
        st.session_state[_FOUND] = known
    return known[1]


def _key(pair: DuplicatePair) -> str:
    return f"duplicates_{pair.one.agency_id}_{pair.other.agency_id}"


def _check_all(pairs: Sequence[DuplicatePair]) -> None:
    for pair in pairs:
        st.session_state[f"{_key(pair)}_chosen"] = True
        st.session_state[f"{_key(pair)}_kept"] = pair.suggested[0].agency_id


def _pair(pair: DuplicatePair) -> tuple[DuplicatePair, str] | None:
    """Draw a pair. Returns it with the ID to keep, if it is checked."""
    by_id = {one.agency_id: one for one in (pair.one, pair.other)}
    suggested, why = pair.suggested
    with st.container(border=True, height="stretch"):
        is_chosen = st.checkbox(f"Merge: {pair.reason}", key=f"{_key(pair)}_chosen")
        st.session_state.setdefault(f"{_key(pair)}_kept", suggested.agency_id)
        kept = st.radio(
            "Keep",
            list(by_id),
            format_func=lambda i: (
                f"{plain_markdown(by_id[i].agency_name)} ({plain_markdown(i)})"
            ),
            captions=[_caption(one) for one in by_id.values()],
            key=f"{_key(pair)}_kept",
        )
        moving = pair.beside(kept).requests
        said = [f"{count_of(moving, 'request')} {'moves' if moving == 1 else 'move'}."]
        if why:
            said.insert(
                0, f"Suggested: {plain_markdown(suggested.agency_id)}, because {why}."
            )
        if pair.may_be_two:
            said.append("Both IDs are ORIs, so these may be two agencies.")
        page.note(" ".join(said))
    return (pair, kept) if is_chosen else None


def _caption(one: ComparedAgency) -> str:
    place = ", ".join(filter(None, (one.city, one.state)))
    loaded = f"loaded {local_time(one.loaded_at)}" if one.loaded_at else "load not known"
    return f"{plain_markdown(place)} · {count_of(one.requests, 'request')} · {loaded}"


def _confirm(chosen: Sequence[tuple[DuplicatePair, str]]) -> None:
    """Draw what the checked pairs come to, and the button that merges them."""
    moving = sum(pair.beside(kept).requests for pair, kept in chosen)
    is_pressed = st.button(
        f"Merge {count_of(len(chosen), 'pair')}" if chosen else "Merge the checked pairs",
        type="primary",
        icon=":material/merge:",
        disabled=not chosen,
        key="duplicates_merge",
    )
    if chosen:
        page.note(
            f"{count_of(len(chosen), 'agency', 'agencies')} "
            f"{'is' if len(chosen) == 1 else 'are'} removed, and "
            f"{count_of(moving, 'request')} {'moves' if moving == 1 else 'move'}."
        )
    # A client can send a click on a disabled button.
    if not (is_pressed and chosen):
        return
    merges = [(pair.beside(kept).agency_id, kept) for pair, kept in chosen]
    seen = {one.agency_id: one for pair, _ in chosen for one in (pair.one, pair.other)}
    try:
        done = merge_all(session.store(), merges, session.who(), seen)
    except (RecordError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    show_after_rerun(_in_words(done))


def _in_words(done: Sequence[Merge]) -> str:
    listed = "; ".join(
        f"{one.gone_id} into {one.kept_id} ({count_of(one.requests, 'request')} moved, "
        f"{one.upload_id})"
        for one in done[:_LISTED]
    )
    more = f"; and {len(done) - _LISTED:,} more" if len(done) > _LISTED else ""
    return (
        f"Merged {count_of(len(done), 'pair')}: {listed}{more}. You can undo each in the "
        "upload history."
    )
