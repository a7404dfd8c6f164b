"""The agencies that a typed name may mean, with its typing errors."""

import pyarrow as pa

from cri_data.importing.matching.match import LONGEST_NAME, match_agencies
from cri_data.model.code_lists import STATES, plain
from cri_data.store.store import Store

# The most words of a state's name.
_LONGEST_STATE = 4


def agency_ids_like(store: Store, text: str) -> list[str]:
    """The IDs of agencies that the text may mean, the best first.

    The text is matched as a name in a file is: by ID, also of a merged agency, by confirmed
    names, and by likeness. A state at its end counts as such: "Mortn Polce, IL". An ID says
    nothing about who may see the agency.
    """
    name, state = name_and_state(text[:LONGEST_NAME])
    names, states = [text[:LONGEST_NAME]], [""]
    if state:
        # First, because it says more.
        names, states = [name, *names], [state, *states]
    named = pa.table({"row": range(len(names)), "name": names, "state": states})
    with store.cursor() as cursor:
        matched = match_agencies(cursor, named).to_pylist()
    # Names come back in their own order.
    matched.sort(key=lambda match: not match["state"])
    found: list[str] = []
    for match in matched:
        certain = [match["record_id"]] if match["record_id"] else []
        found += certain or [proposal["id"] for proposal in match["proposals"]]
    return list(dict.fromkeys(found))


def name_and_state(text: str) -> tuple[str, str]:
    """The text without the state at its end, and the state's code, if it ends with one."""
    words = text.replace(",", " ").split()
    if plain(text) in STATES.aliases:
        # A state alone, such as West Virginia.
        return text, ""
    for count in range(min(_LONGEST_STATE, len(words) - 1), 0, -1):
        state = STATES.aliases.get(plain(" ".join(words[-count:])))
        if state:
            return " ".join(words[:-count]), state
    return text, ""
