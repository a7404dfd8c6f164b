"""The shape of a file of outcomes: its columns, its waves, and how to refuse it."""

from dataclasses import replace

import streamlit as st

from cri_data.importing.recipe import LEFT_OUT
from cri_data.importing.shaping.shape import Shape
from cri_data.importing.shaping.waves import IN_WORDS
from cri_ui.components import page
from cri_ui.components.text import plain_markdown
from cri_ui.views.upload.state import Decided

# Most words for a wave to choose a meaning for. A file with more has another fault.
_WORDS = 6

_MEANINGS = {**{str(wave): said for wave, said in IN_WORDS.items()}, LEFT_OUT: "ignore"}


def draw_shape(decided: Decided) -> None:
    """Draw the shape of the file, if it has one, and take the choices about it."""
    shape = decided.shape_of(replace(decided.recipe, as_rows=False))
    if shape is None:
        return
    with st.container(border=True):
        st.markdown(f"**This file has {shape}.** {_what_becomes(shape)}")
        key = f"as_rows_{decided.key}"
        st.session_state.setdefault(key, decided.recipe.as_rows)
        as_rows = st.toggle(
            "Read rows as they are",
            key=key,
            help="Each row is then one outcome, with its columns as matched below.",
        )
        decided.recipe = replace(decided.recipe, as_rows=as_rows)
        if not as_rows:
            page.note(_headings(decided, shape))
            _waves(decided, shape)


def _what_becomes(shape: Shape) -> str:
    if not shape.has_waves:
        return "Each metric with a value in a row becomes an outcome."
    return "Rows of the same engagement and metric become one outcome."


def _headings(decided: Decided, shape: Shape) -> str:
    """What each heading is read as."""
    said = shape.of_headings(decided.file.headings)
    return " · ".join(
        f"{plain_markdown(name)}: {plain_markdown(what)}" for name, what in said.items()
    )


def _waves(decided: Decided, shape: Shape) -> None:
    """Draw the choices of words whose wave is not certain."""
    chosen = decided.recipe.waves
    words = {*(shape.unclear or ()), *shape.unknown, *chosen}
    questions = {
        word: f"“{plain_markdown(word)}” means" if word else "Headings without a wave are"
        for word in sorted(words)[:_WORDS]
    }
    if not questions:
        return
    with st.grid(3):
        answers = {
            word: _choice(decided, word, label, shape) for word, label in questions.items()
        }
    waves = {word: wave for word, wave in answers.items() if wave is not None}
    if waves != chosen:
        decided.recipe = replace(decided.recipe, waves=waves)
        # What is drawn above depends on it.
        st.rerun()


def _choice(decided: Decided, word: str, label: str, shape: Shape) -> str | None:
    """Draw the wave of a word. None if there is no need to remember a choice."""
    chosen = decided.recipe.waves.get(word)
    options = [option for option in _MEANINGS if option != LEFT_OUT]
    if word in (shape.unclear or ()) or chosen == LEFT_OUT:
        options.append(LEFT_OUT)
    key = f"wave_{decided.key}_{word}"
    if chosen is not None:
        st.session_state.setdefault(key, chosen)
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=_MEANINGS.__getitem__,
        placeholder="Choose",
        key=key,
    )
