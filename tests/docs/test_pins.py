"""Every package is pinned, also those that come along with the ones we name."""

from importlib.metadata import version

from tests.support.pins import NEEDED, named, needed, pins


def test_what_we_name_is_what_is_installed():
    assert len(named()) > 20
    assert {name: version(name) for name in named()} == named()


def test_all_that_is_needed_is_pinned_as_it_is_installed():
    # Another Python needs a few less; none that is not there.
    assert len(needed()) > 40
    assert needed().items() <= pins(NEEDED).items()


def test_a_package_is_pinned_in_one_place():
    assert not pins(NEEDED).keys() & named().keys()
