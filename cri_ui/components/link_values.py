"""Values of filters in a link: known ones whatever their case, and those not known."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from cri_data.model.datasets import EARLIEST, LATEST
from cri_ui.components.text import plain_markdown

# By the filter's name in the address: what one value is called, and those not known.
_UNKNOWN = "_link_unknown"
# The filters as they were when the unknown values were found.
_FOUND_WITH = "_link_filters"

# As many unknown values of one filter, and characters of each, are named.
_MOST, _LONGEST = 5, 60


def take_choices(key: str, one: str, options: Mapping[str, str]) -> None:
    """Let a link name ids or labels (?state=TX, ?state=texas) of a list of choices.

    `options` are labels by id, and `one` is what one of them is called.
    """
    named = st.query_params.get_all(key)
    if not named or key in st.session_state:
        return
    known, unknown = _sorted_out(named, options)
    _note_unknown(key, one, unknown)
    _put_in_address(key, [options[value] for value in known])


def known_choices(
    key: str, one: str, options: Mapping[str, str], named: list[str]
) -> list[str]:
    """The choices that a clicked link names, by id or label; it is said which are none."""
    known, unknown = _sorted_out(named, options)
    _note_unknown(key, one, unknown)
    return known


def _sorted_out(
    named: list[str], options: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The options that are named, each once, and what names none."""
    values = {value.casefold(): value for value in options}
    values |= {label.casefold(): value for value, label in options.items()}
    known = [values[text.casefold()] for text in named if text.casefold() in values]
    unknown = [text for text in named if text.casefold() not in values]
    return list(dict.fromkeys(known)), unknown


def take_day(key: str, one: str) -> None:
    """Let a link name a day (?from=2024-01-31)."""
    named = st.query_params.get_all(key)
    if not named or key in st.session_state:
        return
    _note_unknown(key, one, [text for text in named if not _is_day(text)])
    _put_in_address(key, [text for text in named if _is_day(text)])


def known_day(key: str, one: str, named: list[str]) -> date | None:
    """The day that a clicked link names; it is said if it names none."""
    _note_unknown(key, one, [text for text in named if not _is_day(text)])
    return next((date.fromisoformat(text) for text in named if _is_day(text)), None)


def _is_day(text: str) -> bool:
    try:
        return EARLIEST <= date.fromisoformat(text) <= LATEST
    except ValueError:
        return False


def _note_unknown(key: str, one: str, unknown: list[str]) -> None:
    if unknown:
        st.session_state.setdefault(_UNKNOWN, {})[key] = (one, unknown)
        st.session_state.pop(_FOUND_WITH, None)


def _put_in_address(key: str, known: list[str]) -> None:
    if known != st.query_params.get_all(key):
        # The widget reads labels from the address, so the address gets those first.
        if known:
            st.query_params[key] = known
        else:
            del st.query_params[key]
        st.rerun()


def draw_unknown(filters: object) -> None:
    """Draw which values of the link are not known, until the filters are changed."""
    unknown = st.session_state.get(_UNKNOWN)
    if not unknown:
        return
    if st.session_state.setdefault(_FOUND_WITH, filters) != filters:
        del st.session_state[_UNKNOWN], st.session_state[_FOUND_WITH]
        return
    said = " ".join(_sentence(one, values) for one, values in unknown.values())
    st.warning(f"{said} The rest of the link applies.", icon=":material/link_off:")


def _sentence(one: str, values: list[str]) -> str:
    named = ", ".join(plain_markdown(value[:_LONGEST]) for value in values[:_MOST])
    more = f", and {len(values) - _MOST:,} more" if len(values) > _MOST else ""
    one = one.lower()
    if len(values) == 1:
        article = "an" if one[0] in "aeiou" else "a"
        return f"The link names {article} {one} that is not known: {named}."
    many = f"{one}es" if one.endswith("s") else f"{one}s"
    return f"The link names {many} that are not known: {named}{more}."
