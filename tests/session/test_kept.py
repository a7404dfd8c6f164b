"""What is kept is made once, handed to everybody, and no more of it than said."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from cri_ui.session.kept import Kept


def test_twenty_who_ask_the_same_at_once_have_it_made_once():
    kept: Kept[object] = Kept(5)
    together, made = threading.Barrier(20), []

    def make() -> object:
        made.append(threading.get_ident())
        return object()

    def ask() -> object:
        together.wait()
        return kept.of("question", make)

    with ThreadPoolExecutor(20) as viewers:
        answers = [one.result() for one in [viewers.submit(ask) for _ in range(20)]]
    assert len(made) == 1
    assert all(answer is answers[0] for answer in answers)


def test_who_waits_for_one_question_does_not_wait_for_another():
    kept: Kept[str] = Kept(5)
    started, release = threading.Event(), threading.Event()

    def slow() -> str:
        started.set()
        release.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(kept.of, "slow", slow)
        started.wait(10)
        assert kept.of("quick", lambda: "quick") == "quick"
        release.set()
        assert waiting.result() == "slow"


def test_what_was_used_longest_ago_goes_first():
    kept: Kept[str] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.of(key, lambda key=key: key)
    assert len(kept) == 2
    assert kept.of("a", lambda: "made anew") == "a"
    assert kept.of("b", lambda: "made anew") == "made anew"


def test_what_could_not_be_made_is_made_by_the_next_who_asks():
    kept: Kept[str] = Kept(2)

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.of("a", fail)
    assert kept.of("a", lambda: "made") == "made"


def test_nothing_is_something_that_was_made():
    kept: Kept[None] = Kept(2)
    made: list[int] = []
    for _ in range(2):
        kept.of("a", lambda: made.append(1))
    assert made == [1]
