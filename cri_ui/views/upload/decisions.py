"""The choices about a file before it is checked: headings, blanks, all or nothing."""

from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cri_data.importing.mapping.headings import (
    HeadingsError,
    fitting_datasets,
    heading_places,
)
from cri_data.importing.mapping.read_dataset import match_dataset
from cri_data.importing.mapping.suggestions import (
    CITY_AND_STATE,
    Heading,
    propose_recipe,
    with_choices,
)
from cri_data.importing.service import REFUSALS
from cri_data.importing.shaping.wave_headings import metrics_of
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.reading import UnreadableFile
from cri_ui.components import page
from cri_ui.components.text import plain_markdown
from cri_ui.session import session
from cri_ui.views.record_search import draw_agency, refers_to_agency
from cri_ui.views.upload.read_options import chosen_options, draw_reading
from cri_ui.views.upload.saved_recipe import draw_saved_choices
from cri_ui.views.upload.shape import draw_shape
from cri_ui.views.upload.state import (
    Decided,
    Identity,
    decided_last,
    keep,
    source_of,
    take_again,
)

_LEAVE_OUT = "ignore"


def start(dataset_name: str, file: UploadedFile) -> Decided:
    """The upload of this file, begun or gone on with. Ends the page if unreadable."""
    source = source_of(file)
    options = chosen_options(source.sha256)
    identity = Identity(dataset_name, source.sha256, repr(options))
    decided = decided_last()
    if decided and decided.identity == identity and decided.source is source:
        return decided
    try:
        read = source.read(dataset_name, options)
        if decided and decided.identity == identity:
            take_again(decided, source, read)
            return decided
        proposal = propose_recipe(session.store(), dataset_name, read)
    except REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        sheets = error.sheets if isinstance(error, UnreadableFile) else ()
        draw_reading(source.sha256, None, sheets)
        st.stop()
    recipe = replace(proposal.recipe, read_options=options)
    # With other file settings than those reviewed, a Commit that was clicked is refused.
    asked = decided.asked if decided else None
    metrics = metrics_of(session.store(), dataset_name)
    decided = Decided(identity, source, read, proposal, recipe, metrics, asked=asked)
    decided.is_clear_at_first = _unclear(decided, DATASETS[dataset_name]) is None
    keep(decided)
    return decided


def decide(decided: Decided) -> None:
    """Draw the choices about a file. Ends the page if its headings are not clear."""
    dataset = DATASETS[decided.identity.dataset]
    sheets = decided.file.dialect.sheets
    is_open = len(sheets) > 1 and not decided.is_clear_at_first
    draw_reading(decided.file.sha256, decided.file, sheets, is_open)
    draw_saved_choices(decided, dataset)
    draw_shape(decided)
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
        decided.stop()
        said.error(plain_markdown(unclear), icon=":material/error:")
        with said:
            _suggest_another(dataset.name, decided.file.headings)
        st.stop()


def _unclear(decided: Decided, dataset: Dataset) -> str | None:
    """The problem with the chosen headings, if there is one."""
    try:
        match_dataset(decided.file, dataset, decided.recipe, decided.metrics)
    except HeadingsError as error:
        return str(error)
    return None


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
    known = heading_choices(decided, dataset)
    shape = decided.shape
    shaped = shape.of_headings(decided.file.headings) if shape else {}
    chosen: dict[str, str | None] = {}
    with st.grid(3):
        for place, heading in enumerate(decided.proposal.headings):
            if heading.name in shaped:
                continue
            with st.container():
                choice = _heading(decided, place, heading, options, known[heading.name])
            if choice is not None:
                chosen[heading.name] = None if choice == _LEAVE_OUT else choice
    decided.recipe = with_choices(
        decided.recipe, dataset, decided.file.headings, chosen, shape
    )


def _heading(
    decided: Decided, place: int, heading: Heading, options: list[str], known: str | None
) -> str | None:
    """Draw the choice for one heading. Returns None if nothing is chosen yet."""
    chosen = st.selectbox(
        plain_markdown(heading.name) or f"Column {place + 1}",
        options,
        index=None if known is None else options.index(known),
        placeholder="Choose",
        key=f"heading_{decided.key}_{place}",
    )
    samples = " · ".join(plain_markdown(sample[:40]) for sample in heading.samples)
    page.note(f"{samples or 'All cells are blank'}. {heading.why.capitalize()}.")
    return chosen


def heading_choices(decided: Decided, dataset: Dataset) -> dict[str, str | None]:
    """The choice for each heading by the recipe. None if one has to be made."""
    recipe, headings = decided.recipe, decided.file.headings
    places = heading_places(headings, dataset, recipe, decided.shape)
    unclear = {place for rivals in places.unclear.values() for place in rivals}
    choices: dict[str, str | None] = {
        name: None if place in unclear else _LEAVE_OUT
        for place, name in enumerate(headings)
    }
    choices |= {headings[place]: column for column, place in places.columns.items()}
    choices |= {name: column or _LEAVE_OUT for name, column in recipe.headings.items()}
    for column, names in recipe.lists.items():
        choices |= dict.fromkeys(names, column)
    if recipe.city_state:
        choices[recipe.city_state] = CITY_AND_STATE
    return choices


def _constants(decided: Decided, dataset: Dataset) -> None:
    known = decided.recipe.constants
    key = f"constants_{decided.key}"
    st.session_state.setdefault(key, list(known))
    chosen = st.multiselect(
        "Columns with the same value in every row",
        [column.name for column in dataset.columns if column.name != dataset.key],
        key=key,
        help="For a column that is missing from the file or has blank cells.",
    )
    constants = {}
    for name in chosen:
        key = f"constant_{decided.key}_{name}"
        if refers_to_agency(dataset.column(name)):
            text = draw_agency(dataset.column(name), known.get(name, ""), key)
        else:
            st.session_state.setdefault(key, known.get(name, ""))
            text = st.text_input(f"{name} in every row", key=key)
        if text.strip():
            constants[name] = text.strip()
    decided.recipe = replace(decided.recipe, constants=constants)


def _how(decided: Decided) -> None:
    with st.container(horizontal=True):
        blanks_erase = _checked(
            decided,
            "blanks_erase",
            "Clear stored values where cells are blank",
            "If not selected, a blank cell keeps the stored value.",
        )
        all_or_nothing = _checked(
            decided,
            "all_or_nothing",
            "All or nothing",
            "If not selected, valid rows are loaded and rejected rows are not.",
        )
    decided.recipe = replace(
        decided.recipe, blanks_erase=blanks_erase, all_or_nothing=all_or_nothing
    )


def _checked(decided: Decided, name: str, label: str, meaning: str) -> bool:
    key = f"{name}_{decided.key}"
    st.session_state.setdefault(key, getattr(decided.recipe, name))
    return st.checkbox(label, key=key, help=meaning)
