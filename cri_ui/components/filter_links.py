"""Links of charts: a click on a name or cell filters the page to it, or back again."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from cri_data.model.filters import NOT_REPORTED
from cri_ui.components.text import plain_line

# What a link of a chart leads to in the address: by group, the name of its filter.
KEYS = {
    "topic": "topic",
    "region": "region",
    "division": "division",
    "state": "state",
    "size_band": "size",
    "agency_type": "type",
}

# Of agencies without a number of officers or without a type these are choices; of all else
# what is not reported can't be chosen.
_CAN_BE_UNKNOWN = {"size", "type"}


@dataclass(frozen=True)
class FilterLinks:
    """The address of a page, of which each link changes some filters.

    Links hold labels as the address does, so they work in any browser and can be sent.
    """

    query: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def to(self, chosen: Mapping[str, str]) -> str:
        """The address with these filters, each with one value.

        Where exactly these are set already, the address without them. Empty where a value
        is no choice of its filter.
        """
        if any(
            one == NOT_REPORTED and key not in _CAN_BE_UNKNOWN
            for key, one in chosen.items()
        ):
            return ""
        query = dict(self.query)
        wanted = {key: (plain_line(label),) for key, label in chosen.items()}
        if all(query.get(key) == values for key, values in wanted.items()):
            query = {key: values for key, values in query.items() if key not in wanted}
        else:
            query |= wanted
        return f"?{urlencode(query, doseq=True)}"


def here() -> FilterLinks:
    """The links of the page that is open."""
    given = st.query_params
    return FilterLinks(tuple((key, tuple(given.get_all(key))) for key in sorted(given)))
