"""The choices about a file before it is checked: headings, blanks, all or nothing."""

from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cri_data.importing.mapping.headings import HeadingsError, fitting_datasets
from cri_data.importing.mapping.read_dataset import match_dataset
from cri_data.importing.mapping.suggestions import (
    CITY_AND_STATE,
    Heading,
    propose_recipe,
    with_choices,
)
from cri_data.importing.service import REFUSALS
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.reading import UnreadableFile
from cri_ui.components import page
from cri_ui.components.text import plain_markdown
from cri_ui.session import session
from cri_ui.views.upload.read_options import chosen_options, draw_reading
from cri_ui.views.upload.saved_recipe import draw_saved_choices
from cri_ui.views.upload.state import Decided, decided_last, keep, source_of

_LEAVE_OUT = "ignore"


def decide(dataset_name: str, file: UploadedFile) -> Decided:
    """Draw the choices about a file. Ends the page if the file can't be read."""
    decided = _start(dataset_name, file)
    dataset = DATASETS[dataset_name]
    sheets = decided.file.dialect.sheets
    is_open = len(sheets) > 1 and not decided.is_clear_at_first
    draw_reading(decided.file.sha256, decided.file, sheets, is_open)
    draw_saved_choices(decided, dataset)
    said = st.container()
    with st.expander(
        "Match columns",
        icon=":material/table_edit:",
        expanded=not decided.is_clear_at_first,
    ):
        _headings(decided, dataset)
        _constants(decided, dataset)
    _how(decided)
    unclear = _unclear(decided, dataset)
    if unclear:
        said.error(plain_markdown(unclear), icon=":material/error:")
        with said:
            _suggest_another(dataset_name, decided.file.headings)
        st.stop()
    return decided


def _unclear(decided: Decided, dataset: Dataset) -> str | None:
    """The problem with the chosen headings, if there is one."""
    try:
        match_dataset(decided.file, dataset, decided.recipe)
    except HeadingsError as error:
        return str(error)
    return None


def _start(dataset_name: str, file: UploadedFile) -> Decided:
    source = source_of(file)
    options = chosen_options(source.sha256)
    identity = (dataset_name, source.sha256, repr(options))
    decided = decided_last()
    if decided and decided.identity == identity and decided.source is source:
        return decided
    try:
        read = source.read(dataset_name, options)
        if decided and decided.identity == identity:
            # The same file was uploaded again.
            decided.source, decided.file = source, read
            return decided
        proposal = propose_recipe(session.store(), dataset_name, read)
    except REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        sheets = error.sheets if isinstance(error, UnreadableFile) else ()
        draw_reading(source.sha256, None, sheets)
        st.stop()
    recipe = replace(proposal.recipe, read_options=options)
    decided = Decided(identity, source, read, proposal, recipe)
    decided.is_clear_at_first = _unclear(decided, DATASETS[dataset_name]) is None
    keep(decided)
    return decided


def _suggest_another(dataset_name: str, headings: tuple[str, ...]) -> None:
    """Draw a hint if the headings fit another dataset."""
    fitting = fitting_datasets(headings)
    if fitting and dataset_name not in fitting:
        st.info(
            f"This looks like a file of {' or '.join(fitting)}. Change your choice above.",
            icon=":material/lightbulb:",
        )


def _headings(decided: Decided, dataset: Dataset) -> None:
    page.note(
        "Every heading in the file, with its first values. Correct any that are wrong."
    )
    options = [_LEAVE_OUT, *(column.name for column in dataset.columns)]
    if {"city", "state"} <= {column.name for column in dataset.columns}:
        options.append(CITY_AND_STATE)
    chosen: dict[str, str | None] = {}
    with st.grid(3):
        for place, heading in enumerate(decided.proposal.headings):
            with st.container():
                choice = _heading(decided, place, heading, options)
            if choice is not None:
                chosen[heading.name] = None if choice == _LEAVE_OUT else choice
    decided.recipe = with_choices(decided.recipe, dataset, decided.file.headings, chosen)


def _heading(
    decided: Decided, place: int, heading: Heading, options: list[str]
) -> str | None:
    """Draw the choice for one heading. Returns None if nothing is chosen yet."""
    index = options.index(heading.column) if heading.column in options else 0
    chosen = st.selectbox(
        plain_markdown(heading.name) or f"Column {place + 1}",
        options,
        index=None if heading.is_unclear else index,
        placeholder="Choose",
        key=f"heading_{decided.key}_{place}",
        persist_state="session",
    )
    samples = " · ".join(plain_markdown(sample[:40]) for sample in heading.samples)
    page.note(f"{samples or 'All cells are blank'}. {heading.why.capitalize()}.")
    return chosen


def _constants(decided: Decided, dataset: Dataset) -> None:
    missing = st.multiselect(
        "Columns with the same value in every row",
        [column.name for column in dataset.columns if column.name != dataset.key],
        default=list(decided.proposal.recipe.constants),
        key=f"constants_{decided.key}",
        persist_state="session",
        help="For a column that is missing from the file or has blank cells.",
    )
    constants = {}
    for name in missing:
        text = st.text_input(
            f"{name} in every row",
            value=decided.proposal.recipe.constants.get(name, ""),
            key=f"constant_{decided.key}_{name}",
            persist_state="session",
        )
        if text.strip():
            constants[name] = text.strip()
    decided.recipe = replace(decided.recipe, constants=constants)


def fill_blanks(decided: Decided, name: str, text: str) -> None:
    """Choose a value for all blank cells of a column. Only for callbacks."""
    key = f"constants_{decided.key}"
    st.session_state[key] = list(dict.fromkeys([*st.session_state[key], name]))
    st.session_state[f"constant_{decided.key}_{name}"] = text


def _how(decided: Decided) -> None:
    with st.container(horizontal=True):
        blanks_erase = st.checkbox(
            "Clear stored values where cells are blank",
            key=f"blanks_erase_{decided.key}",
            persist_state="session",
            help="If not selected, a blank cell keeps the stored value.",
        )
        all_or_nothing = st.checkbox(
            "All or nothing",
            key=f"all_or_nothing_{decided.key}",
            persist_state="session",
            help="If not selected, valid rows are loaded and rejected rows are not.",
        )
    decided.recipe = replace(
        decided.recipe, blanks_erase=blanks_erase, all_or_nothing=all_or_nothing
    )
