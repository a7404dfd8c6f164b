"""The upload page: a file is looked at, explained, committed, taken back."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cri_data import demo, settings
from cri_data.schema import DATASETS
from cri_data.store import StoreError
from cri_data.upload.checking import SHOWN, Progress
from cri_data.upload.committing import UndoError, undo
from cri_data.upload.headings import fitting_datasets
from cri_data.upload.loading import REFUSALS, Loading, load, look_at
from cri_data.upload.reading import UnreadableFile, read_headings
from cri_ui import columns, navigation, session, ui
from cri_ui.words import count_of, plain_markdown

# What the last commit did, until the next file.
_DONE = "_upload_done"
# What came of looking at a file, and of which file in which store.
_LOOKED = "_upload_looked"

WHO = "staff (local)"


def refuse_demonstration() -> None:
    """In a demonstration store, offer an empty one instead, and end the page."""
    if not session.info().is_demonstration:
        return
    st.info(
        "This store holds invented demonstration data, and real rows never mix with "
        "it. Start an empty store to load your own files. The demonstration is "
        "thrown away; `make demo` brings it back.",
        icon=":material/science:",
    )
    with st.popover("Start an empty store", icon=":material/delete_sweep:"):
        st.markdown("This removes all demonstration rows from the store.")
        if st.button("Remove them and start empty", type="primary", key="start_empty"):
            demo.start_empty(session.store())
            st.session_state.pop(_LOOKED, None)
            st.rerun()
    st.stop()


def choose_dataset() -> str:
    """Draw the choice of the dataset; its name."""
    name = st.selectbox(
        "What does the file hold?",
        list(DATASETS),
        format_func=lambda name: (
            f"{name.capitalize()}: one row per {DATASETS[name].row_is}"
        ),
        key="upload_dataset",
        persist_state="session",
    )
    required = ", ".join(f"`{column}`" for column in DATASETS[name].required)
    ui.note(
        f"Required columns: {required}. Other names for them, such as ORI for "
        "agency_id, are understood. All columns are described on the page About the "
        "data."
    )
    return name


def choose_file() -> UploadedFile | None:
    """Draw the place to drop a file; the file, if there is one."""
    return st.file_uploader(
        "CSV file",
        type=["csv", "txt", "tsv"],
        max_upload_size=settings.MAX_UPLOAD_MB.whole_number(),
        key="upload_file",
        on_change=_forget_done,
        help="UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or pipe. Nothing "
        "is changed before you press Commit.",
    )


def _forget_done() -> None:
    st.session_state.pop(_DONE, None)


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """A status that names each step as it comes; gone when all is well."""
    with st.status(title, expanded=True) as status:
        yield lambda step: status.update(label=f"{step} …")
        status.update(label="Done", state="complete", expanded=False)


def look(dataset: str, file: UploadedFile) -> Loading:
    """Check the file against the store, once; the page ends where that fails."""
    content = file.getvalue()
    told = _told(dataset, file.name, content)
    of_what = (
        dataset,
        hashlib.sha256(content).hexdigest(),
        tuple(sorted(told.items())),
        session.info().data_version,
    )
    known = st.session_state.get(_LOOKED)
    if known and known[0] == of_what:
        return known[1]
    try:
        with _progress("Looking at the file") as progress:
            looked = look_at(session.store(), dataset, file.name, content, told, progress)
    except REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        _suggest_another(dataset, file.name, content)
        st.stop()
    st.session_state[_LOOKED] = (of_what, looked)
    return looked


def _suggest_another(dataset: str, name: str, content: bytes) -> None:
    """Where the headings are those of another dataset, say so."""
    try:
        fitting = fitting_datasets(read_headings(name, content))
    except UnreadableFile:
        return
    if fitting and dataset not in fitting:
        st.info(
            f"This looks like a file of {' or '.join(fitting)}. Choose that above.",
            icon=":material/lightbulb:",
        )


def _told(dataset: str, name: str, content: bytes) -> dict[str, str]:
    """Draw which heading is which column, to be changed; what was changed."""
    try:
        headings = read_headings(name, content)
    except UnreadableFile:
        return {}
    described = DATASETS[dataset]
    with st.expander("Which heading is which column", icon=":material/table_edit:"):
        ui.note("Headings are matched by name. Choose here what is not.")
        told = {}
        with st.grid(3):
            for place, heading in enumerate(headings):
                chosen = st.selectbox(
                    plain_markdown(heading) or f"Column {place + 1}",
                    [column.name for column in described.columns],
                    index=None,
                    placeholder="By its name",
                    key=f"heading_{dataset}_{place}_{heading}",
                )
                if chosen:
                    told[heading] = chosen
    return told


def show(looked: Loading) -> None:
    """Draw what came of a file: counts, problems, differences, new records."""
    counts = looked.checked.counts
    with st.grid(5, min_column_width=130):
        for label, number, meaning in (
            ("Rows", counts.rows, "Rows of data in the file."),
            ("New", counts.inserted, "Records that the store does not have yet."),
            ("Changed", counts.updated, "Records that the store has otherwise."),
            ("Unchanged", counts.unchanged, "Records that the store has just so."),
            ("Rejected", counts.rejected, "Rows that must be corrected first."),
        ):
            st.metric(label, f"{number:,}", help=meaning, border=True)
    ui.note(_how_it_was_read(looked))
    _problems(looked)
    _differences(looked)
    _new_records(looked)


def _how_it_was_read(looked: Loading) -> str:
    file = looked.file
    text = (
        f"Read as {file.encoding.upper() or 'a workbook'}, separated by "
        f"{file.dialect.separator_name}. A blank cell keeps what is stored."
    )
    if looked.matching.left_out:
        names = ", ".join(plain_markdown(name) for name in looked.matching.left_out)
        text += f" Left out, because they are no column: {names}."
    return " ".join([text, *map(plain_markdown, file.notes)])


def _problems(looked: Loading) -> None:
    problems = looked.checked.problems
    if problems.empty:
        return
    with st.container(border=True):
        st.subheader("What is wrong")
        kinds = looked.checked.problem_kinds()
        ui.grid(
            kinds.drop(columns="rule").head(50),
            "Problems by kind: how many rows, the first of them, and what to do.",
        )
        with st.expander(f"Every problem ({len(problems):,})"):
            st.dataframe(
                problems.head(SHOWN),
                column_config=columns.formats(problems),
                hide_index=True,
                alt="Every problem with its row, column, value and what to do.",
            )
            ui.rows_shown(min(len(problems), SHOWN), len(problems), "problem")
            ui.download(problems, "problems", f"Problems of {looked.file.name}")
        if looked.checked.counts.rejected:
            st.download_button(
                f"Download the {looked.checked.counts.rejected:,} rejected rows",
                data=lambda: looked.rejects,
                file_name=f"rejected_{looked.dataset.name}.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                help="The original columns, with row and problems. Correct them and "
                "upload that file.",
                key="download_rejects",
            )


def _differences(looked: Loading) -> None:
    differences = looked.checked.differences
    if differences.empty:
        return
    with st.container(border=True):
        st.subheader("What changes")
        _first(differences, "value")
        st.dataframe(
            differences,
            column_config=columns.formats(differences),
            hide_index=True,
            alt="Changed values: the record, the column, before and after.",
        )


def _new_records(looked: Loading) -> None:
    new = looked.checked.new
    if new.empty:
        return
    with st.container(border=True):
        st.subheader("What is new")
        _first(new, "record")
        shown = new.dropna(axis="columns", how="all")
        st.dataframe(shown, hide_index=True, alt="New records as they will be stored.")


def _first(rows: pd.DataFrame, what: str) -> None:
    if len(rows) == SHOWN:
        ui.note(f"The first {SHOWN:,} {what}s.")


def commit(dataset: str, file: UploadedFile, looked: Loading) -> None:
    """Draw the button that commits; say what it did, and offer to take it back."""
    counts = looked.checked.counts
    done = st.session_state.get(_DONE)
    if done:
        _say_done(done)
        return
    if not counts.changes_something:
        _say_nothing_to_do(looked)
        return
    rows = counts.inserted + counts.updated
    if st.button(
        f"Commit {count_of(rows, 'row')}", type="primary", icon=":material/check:"
    ):
        try:
            with _progress("Committing") as progress:
                done = load(
                    session.store(),
                    dataset,
                    file.name,
                    file.getvalue(),
                    _told_before(dataset),
                    WHO,
                    progress,
                )
        except REFUSALS as error:
            st.error(plain_markdown(error), icon=":material/error:")
            return
        st.session_state[_DONE] = done
        st.rerun()
    if counts.rejected:
        ui.note(
            f"The {count_of(counts.rejected, 'rejected row')} stay out; all others go "
            "in, in one step."
        )


def _told_before(dataset: str) -> dict[str, str]:
    of_what = st.session_state[_LOOKED][0]
    return dict(of_what[2]) if of_what[0] == dataset else {}


def _say_nothing_to_do(looked: Loading) -> None:
    counts = looked.checked.counts
    if counts.unchanged:
        st.success(
            f"Nothing to do: the store has all {count_of(counts.unchanged, 'good row')} "
            "of this file already, just so.",
            icon=":material/done_all:",
        )
    else:
        st.error(
            "No row of this file can be loaded. Correct the rows above and upload "
            "the file again.",
            icon=":material/error:",
        )


def _say_done(done: Loading) -> None:
    counts = done.checked.counts
    st.success(
        f"**{done.upload_id} is committed:** {counts.inserted:,} new, "
        f"{counts.updated:,} changed, {counts.unchanged:,} unchanged, "
        f"{counts.rejected:,} rejected. Every page shows it from now on.",
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True):
        if st.button("Undo this upload", icon=":material/undo:", key="undo_last"):
            _undo(done.upload_id)
        st.page_link(
            navigation.ROOT / navigation.path_of("Upload history"),
            label="Upload history",
            icon=":material/history:",
        )


def _undo(upload_id: str) -> None:
    try:
        undo(session.store(), upload_id, WHO)
    except (UndoError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    st.session_state.pop(_DONE, None)
    st.toast(f"{upload_id} is undone.", icon=":material/undo:")
    st.rerun()
