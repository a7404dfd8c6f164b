"""The questions of a page, asked ahead beside the page when its filters change.

A page asks its questions one after the other, and a question takes longer to plan than
to answer. So when the filters of a page change, its last questions are asked with the new
filters in a thread, last one first, while the page goes on from its first: whichever
comes first to a question asks it, and the other finds its answer.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer

# A question, and its values besides the filters.
Asked = tuple[str, dict[str, object]]


@dataclass
class Run:
    """One run of a page: whose it is, its filters, and the questions asked with them."""

    page: str
    viewer: Viewer
    filters: Filters
    asked: list[Asked] = field(default_factory=list)
    is_over: bool = False

    def ahead_of(self, last: "Run | None") -> Sequence[Asked]:
        """The questions to ask ahead, after this last run: none where nothing is new.

        The first one is left to the page, which asks it at once.
        """
        if last is None or (last.page, last.viewer) != (self.page, self.viewer):
            return ()
        return last.asked[:0:-1] if last.filters != self.filters else ()


class Ahead:
    """One thread for all visits: under load, every page asks its questions itself."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "ahead")

    def ask(self, run: Run, questions: Sequence[Callable[[], object]]) -> None:
        """Ask these questions until the run is over. A fault is left to the page."""

        def ask_one(question: Callable[[], object]) -> None:
            if not run.is_over:
                question()

        for question in questions:
            self._thread.submit(ask_one, question)

    def stop(self) -> None:
        """Ask no more, and wait for the question that is being asked."""
        self._thread.shutdown(cancel_futures=True)
