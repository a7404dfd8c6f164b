"""A check that a change leaves no broken references."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from duckdb import DuckDBPyConnection

from cri_data.checks.records import MERGED_AGENCIES, PEOPLE, Finding, broken_references
from cri_data.model.datasets import Dataset

_WHAT_TO_DO = {
    MERGED_AGENCIES: "Undo that merge first.",
    PEOPLE: "An administrator gives them another partner first.",
}
_ELSE = "Undo the uploads of those, or withdraw or correct them, first."


@contextmanager
def keeping_references(
    cursor: DuckDBPyConnection,
    datasets: Sequence[Dataset],
    refusal: Callable[[str], Exception],
) -> Iterator[None]:
    """Raise the refusal if the change in this context breaks references.

    The refusal names what has no target, and what to do. References that were broken
    before don't count, so that they can be repaired one by one.
    """
    before = _broken(cursor, datasets)
    yield
    worse = [
        finding
        for what, finding in _broken(cursor, datasets).items()
        if what not in before or finding.records > before[what].records
    ]
    if worse:
        listed = "; ".join(map(_in_words, worse))
        advice = {_WHAT_TO_DO.get(finding.dataset, _ELSE): None for finding in worse}
        raise refusal(f"{listed}. {' '.join(advice)}")


def _broken(
    cursor: DuckDBPyConnection, datasets: Sequence[Dataset]
) -> dict[tuple[str, str], Finding]:
    return {
        (finding.dataset, finding.what): finding
        for dataset in datasets
        for finding in broken_references(cursor, dataset)
    }


def _in_words(finding: Finding) -> str:
    if finding.dataset == PEOPLE:
        # Not everyone who may upload may see these emails.
        return f"{finding.records:,} on the list of people"
    name = finding.dataset.replace("_", " ")
    return f"{finding.records:,} {name} (the first is {finding.example})"
