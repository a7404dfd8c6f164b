"""Polluted files are read as what they were before, without being told how."""

from collections import defaultdict

import pytest

from tests.pollock.pollutions import WEIGHTS, Polluted, polluted_files
from tests.pollock.scoring import Score, score, totals
from tests.pollock.source import HEADINGS, ROWS

# Files of a class that has many, spread over its rows and columns.
_SAMPLE = 12

# Classes that no reader can put right: words without quotes between blanks, and
# a quote that is doubled though it is none.
_HARD = {"space": 7.5, "apostrophe as quote": 8.5}


def sampled() -> list[Polluted]:
    by_kind = defaultdict(list)
    for polluted in polluted_files():
        by_kind[polluted.kind].append(polluted)
    return [
        polluted
        for files in by_kind.values()
        for polluted in files[:: max(1, len(files) // _SAMPLE)]
    ]


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return [score(polluted) for polluted in sampled()]


def test_every_class_has_files_and_they_are_as_many_as_the_benchmark_has():
    kinds = [polluted.kind for polluted in polluted_files()]
    assert set(kinds) == set(WEIGHTS)
    rows, columns = ROWS + 1, len(HEADINGS)
    assert kinds.count("too many separators") == rows * columns == 756
    assert kinds.count("too few separators") == rows * (columns - 1) == 672
    assert kinds.count("extra quote") == rows * columns
    assert kinds.count("row with other separator") == rows


@pytest.mark.long
def test_no_file_fails(scores: list[Score]):
    assert [of.polluted.name for of in scores if of.success != 1] == []


@pytest.mark.long
def test_score_is_above_the_best_published(scores: list[Score]):
    found = totals(scores)
    assert found.simple >= 9.9
    assert found.weighted >= 9.95
    for kind, (_, mean) in found.by_kind.items():
        assert mean >= _HARD.get(kind, 9.9), kind


def test_a_reader_that_finds_nothing_scores_nothing():
    plain = next(of for of in polluted_files() if of.kind == "source")
    unread = Polluted("x", "source", b"", plain.clean)
    assert score(plain).points == 10
    assert score(unread).points == 1
