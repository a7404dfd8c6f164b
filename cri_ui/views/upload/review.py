"""The review of a file against the store, and its commit exactly as it was shown."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from cri_data.importing.service import REFUSALS, ImportResult, load, preview
from cri_data.importing.validation.validate import Progress
from cri_ui.components.flash import show_after_rerun
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.upload import messages, quota
from cri_ui.views.upload.state import Decided, Reviewed

_CHANGED = (
    "Nothing is committed yet, because something changed after this page was shown. Check "
    "the numbers and the problems, then select Commit again."
)


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """A status that shows each step, and disappears at the end."""
    place = st.empty()
    with place, st.status(title) as status:
        yield lambda step: status.update(label=f"{step}…")
    place.empty()


def look(decided: Decided) -> ImportResult:
    """Check the file against the store, once. Ends the page if it can't be checked."""
    of_what = _of_what(decided)
    if decided.review and decided.review[0] == of_what:
        return decided.review[1]
    try:
        with _progress("Checking the file") as progress:
            looked = preview(
                session.store(),
                decided.identity.dataset,
                decided.present_source,
                decided.recipe,
                progress,
            )
    except REFUSALS as error:
        decided.stop()
        st.error(plain_markdown(error), icon=":material/error:")
        st.stop()
    decided.review = (of_what, looked)
    return looked


def _of_what(decided: Decided) -> Reviewed:
    """What a review of the upload, as it is now, depends on."""
    return Reviewed(decided.identity, decided.recipe.to_json(), session.info().data_version)


class _StoreChanged(Exception):
    """Someone else changed the store after the review."""


def commit_if_asked(decided: Decided) -> None:
    """Commit the review that the person saw, if they asked for it.

    If anything changed since they saw it, nothing is committed and the page says so.
    """
    asked = decided.asked
    if asked is None:
        return
    if asked != _of_what(decided):
        decided.asked = None
        st.warning(_CHANGED, icon=":material/sync_problem:")
        return
    if not quota.may_commit():
        decided.asked = None
        return
    try:
        _commit(decided, asked)
    except _StoreChanged:
        decided.asked = None
        show_after_rerun(_CHANGED, is_done=False)
    except REFUSALS as error:
        decided.asked = None
        st.error(plain_markdown(error), icon=":material/error:")
        return
    st.rerun()


def _commit(decided: Decided, asked: Reviewed) -> None:
    with _progress("Committing") as progress:

        def step(what: str) -> None:
            # The last step is in the transaction, where nobody else can write.
            if session.info().data_version != asked.data_version:
                raise _StoreChanged
            progress(what)

        decided.finish(
            load(
                session.store(),
                decided.identity.dataset,
                decided.present_source,
                decided.recipe,
                session.who(),
                step,
            )
        )


def draw_summary(decided: Decided, looked: ImportResult) -> None:
    """Draw, at the lower edge of the window, the counts and the button that commits."""
    counts = looked.checked.counts
    with st.container(key="upload_summary", horizontal=True, vertical_alignment="center"):
        st.markdown(_counts_in_words(looked), width="stretch")
        if not counts.changes_something:
            return
        if decided.recipe.all_or_nothing and counts.rejected:
            rows = count_of(counts.rejected_rows, "row")
            st.markdown(
                f"You chose all or nothing. Fix {rows} first.",
                width="content",
            )
            return
        reviewed = _of_what(decided)
        st.button(
            f"Commit {count_of(counts.inserted + counts.updated, messages.record(looked))}",
            type="primary",
            icon=":material/check:",
            # A button for each review: a click on an earlier one never commits this one.
            key=f"commit_{zlib.crc32(repr(reviewed).encode()):x}_{decided.key}",
            on_click=_ask,
            args=(decided, reviewed),
        )


def _counts_in_words(looked: ImportResult) -> str:
    counts = looked.checked.counts
    parts = [
        f"{counts.inserted:,} new",
        f"{counts.updated:,} changed",
        f"{counts.unchanged:,} unchanged",
    ]
    if counts.rejected:
        parts.append(f"**{counts.rejected:,} rejected**, left out")
    left_out = len(looked.prepared.left_out)
    if left_out:
        parts.append(f"{left_out:,} excluded")
    return f"**{count_of(counts.rows, messages.record(looked))}:** {' · '.join(parts)}"


def draw_nothing_to_commit(looked: ImportResult) -> None:
    """Draw why there is nothing to commit, if that is so."""
    if not looked.checked.counts.changes_something:
        messages.draw_nothing_to_do(looked, messages.fix_below(looked))


def _ask(decided: Decided, reviewed: Reviewed) -> None:
    decided.asked = reviewed
