"""The scope line: which records a chart or list is of, out of how many, as of when."""

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components.text import count_of, day
from cri_ui.session import session

# By the kind of record that a page counts: the query of it, and the columns to add up.
_COUNTED = {
    "agency": ("reach_totals", ["agencies"]),
    "request": ("requests_count", ["requests"]),
    "engagement": ("engagements_totals", ["engagements", "engagements_cancelled"]),
    "outcome": ("outcomes_totals", ["outcomes"]),
}
PLURALS = {one: f"{one}s" for one in _COUNTED} | {"agency": "agencies"}


def counted(viewer: Viewer, filters: Filters, record: str) -> int:
    """How many records of a kind the filters choose; canceled engagements, too."""
    question, columns = _COUNTED[record]
    return int(session.fetch_row(question, viewer, filters)[columns].sum())


def of_page(record: str) -> str:
    """The page's filters in words, how many records they choose of all, and the as-of date.

    `record` is agency, request, engagement, or outcome.
    """
    viewer, many = session.viewer(), PLURALS[record]
    chosen = counted(viewer, session.filters(), record)
    every = count_of(int(session.fetch_row("records_totals", viewer)[many]), record, many)
    canceled = ", with canceled ones" if record == "engagement" else ""
    return with_as_of(f"{session.filters_in_words()}: {chosen:,} of {every}{canceled}")


def with_as_of(words: str) -> str:
    """These words with the as-of date, as one sentence."""
    # A sentence begins with a capital letter; the rest stays as it is.
    return f"{words[:1].upper()}{words[1:]}, as of {day(session.info().as_of_on)}."
