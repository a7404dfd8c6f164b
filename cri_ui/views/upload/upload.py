"""Upload page: choose a dataset and a file, preview it, commit it, and undo it."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cri_data import settings
from cri_data.importing.commit.undo import UndoError, undo
from cri_data.importing.mapping.templates import template_csv, template_xlsx
from cri_data.importing.service import REFUSALS, ImportResult, load, preview
from cri_data.importing.validation.validate import Progress
from cri_data.jobs import demonstration
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.store.store import StoreError
from cri_ui import navigation
from cri_ui.components import page
from cri_ui.components.flash import show_after_rerun
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.upload import messages, quota
from cri_ui.views.upload.state import Decided, Reviewed, draw_pending_fixes

# File name extensions; the content must be of that kind.
ENDINGS = ("csv", "txt", "tsv", "xlsx")

# The choice of the dataset, and its name in the address.
_DATASET, _ADDRESS = "upload_dataset", "dataset"

_TEMPLATES = (
    ("csv", "CSV", template_csv, "text/csv"),
    (
        "xlsx",
        "Excel workbook",
        template_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
)


def refuse_demonstration() -> None:
    """In a demonstration store, draw the offer of an empty store, and end the page."""
    if not session.info().is_demonstration:
        return
    st.info(
        "This store has demonstration data, which is never mixed with real records. To "
        "load your own files, start an empty store. This deletes the demonstration data.",
        icon=":material/science:",
    )
    # With a key, the browser does not take the page's next menu for this open one.
    with st.popover(
        "Start an empty store", icon=":material/delete_sweep:", key="start_empty_menu"
    ):
        st.markdown("This deletes all demonstration records from the store.")
        if st.button("Delete them and start empty", type="primary", key="start_empty"):
            try:
                demonstration.start_empty(session.store(), session.who())
            except StoreError as error:
                st.error(plain_markdown(error), icon=":material/error:")
                st.stop()
            show_after_rerun(
                "The demonstration data is deleted and the store is empty. Load your own "
                "files now, agencies first."
            )
    st.stop()


def choose_dataset() -> str:
    """Draw the choice of the dataset, which is also in the address. Returns its name."""
    named = st.query_params.get(_ADDRESS)
    if named in DATASETS and _DATASET not in st.session_state:
        st.session_state[_DATASET] = named
    name = st.selectbox(
        "What does the file contain?",
        list(DATASETS),
        format_func=lambda name: (
            f"{name.capitalize()}: one row per {DATASETS[name].row_is}"
        ),
        key=_DATASET,
        persist_state="session",
    )
    if named != name:
        st.query_params[_ADDRESS] = name
    required = ", ".join(f"`{column}`" for column in DATASETS[name].required)
    page.note(
        f"Required columns: {required}. Common alternative headings, such as ORI for "
        "agency_id, are recognized. About the data describes every column."
    )
    _templates(DATASETS[name])
    return name


def _templates(dataset: Dataset) -> None:
    with st.popover("Template", icon=":material/draft:", key="template_menu"):
        st.markdown(
            "The headings and one example row to replace. If you leave the example row in, "
            "it is not loaded. The workbook has a second sheet that describes each column."
        )
        for ending, label, make, mime in _TEMPLATES:
            st.download_button(
                label,
                data=partial(make, dataset),
                file_name=f"{dataset.name}_template.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"template_{ending}",
            )


def choose_file() -> UploadedFile | None:
    """Draw the file uploader. Returns the file, if there is one."""
    session.may_send_files()
    file = st.file_uploader(
        "File",
        type=ENDINGS,
        max_upload_size=settings.MAX_UPLOAD_MB.whole_number(),
        key="upload_file",
        help="CSV or other delimited text, or an Excel workbook (.xlsx). "
        "No record changes until you select Commit.",
    )
    if file is None:
        draw_pending_fixes()
    else:
        quota.count_preview(file.file_id)
    return file


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
        _draw_changed()
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


_CHANGED = (
    "Nothing is committed yet, because something changed after this page was shown. Check "
    "the numbers and the problems, then select Commit again."
)


def _draw_changed() -> None:
    st.warning(_CHANGED, icon=":material/sync_problem:")


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
            st.markdown(
                f"You chose all or nothing. Fix {count_of(counts.rejected, 'row')} first.",
                width="content",
            )
            return
        reviewed = _of_what(decided)
        st.button(
            f"Commit {count_of(counts.inserted + counts.updated, 'row')}",
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
    return f"**{count_of(counts.rows, 'row')}:** {' · '.join(parts)}"


def draw_nothing_to_commit(looked: ImportResult) -> None:
    """Draw why there is nothing to commit, if that is so."""
    if not looked.checked.counts.changes_something:
        messages.draw_nothing_to_do(looked, messages.fix_below(looked))


def _ask(decided: Decided, reviewed: Reviewed) -> None:
    decided.asked = reviewed


def draw_done(decided: Decided, done: ImportResult, next_file: str) -> None:
    """Draw what a commit did, the file that comes next, and the Undo button."""
    counts = done.checked.counts
    if done.upload_id is None:
        messages.draw_nothing_to_do(done, messages.download_and_correct(done))
        return
    st.success(
        f"**{done.upload_id} is committed:** {counts.inserted:,} new, "
        f"{counts.updated:,} changed, {counts.unchanged:,} unchanged, "
        f"{counts.rejected:,} rejected. All pages now show it.",
        icon=":material/check_circle:",
    )
    messages.draw_rejected_after_commit(done)
    if next_file:
        page.note(
            f"**Next:** load {next_file}. Choose it above under “What does the file "
            "contain?”, then upload that file."
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Undo this upload", icon=":material/undo:", key="undo_last"):
            _undo(decided, done.upload_id)
        st.page_link(
            navigation.ROOT / navigation.path_of("Upload history"),
            label="Upload history",
            icon=":material/history:",
        )


def _undo(decided: Decided, upload_id: str) -> None:
    try:
        undo(session.store(), upload_id, session.who())
    except (UndoError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    decided.reopen()
    show_after_rerun(f"{upload_id} was undone.")
