"""Python looks for garbage seldom, and never again among what all tests share.

Modules and collected tests stay for the whole run. A search through them takes a fifth of
a second each time and finds nothing.
"""

import gc

# New objects before a search among the youngest: 700 unless set.
_YOUNGEST = 20_000


def use_few_collections() -> None:
    """From now on, what is here already is not looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNGEST, 10, 10)
