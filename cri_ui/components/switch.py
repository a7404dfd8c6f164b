"""A switch between a few ways to show a chart, kept in the page's address."""

from collections.abc import Mapping

import streamlit as st

from cri_ui.components import link_values


def switch(label: str, options: Mapping[str, str], key: str, first: str = "") -> str:
    """Draw the switch. Returns the chosen key of `options`, whose values are its labels.

    `first` is chosen at first; by default, it is the first one.
    """
    link_values.take_choices(key, label, options)
    first = first or next(iter(options))
    chosen = st.segmented_control(
        label,
        list(options),
        format_func=lambda name: options[name],
        default=first,
        required=True,
        key=key,
        bind="query-params",
    )
    # A browser can send anything, or nothing.
    return chosen if chosen in options else first
