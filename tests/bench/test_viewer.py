"""A viewer without a browser is answered by a real Streamlit server as a browser is."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import servers
from tests.bench.viewer import Answer, Viewer, ViewerError

TINY = Path(__file__).resolve().parent / "tiny_page.py"
LARGE = 30_000


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with servers.bare_page(TINY) as server:
        yield server.address


@pytest.mark.long
def test_the_page_opens_and_shows_its_filters(address: str):
    async def visit() -> tuple[Answer, Viewer]:
        async with Viewer(address) as viewer:
            return await viewer.open(), viewer

    answer, viewer = asyncio.run(visit())
    assert answer.bytes > LARGE
    assert set(viewer.filters) == {"Regions", "Inside"}
    assert viewer.filters["Regions"].options == ("North", "South", "broken")
    assert viewer.filters["Regions"].fragment_id == ""
    assert viewer.filters["Inside"].fragment_id != ""


@pytest.mark.long
def test_a_large_message_that_did_not_change_is_not_sent_again(address: str):
    async def visit() -> list[Answer]:
        async with Viewer(address) as viewer:
            await viewer.open()
            return [await viewer.choose("Regions", (name,)) for name in ("North", "South")]

    for answer in asyncio.run(visit()):
        assert 0 < answer.bytes < LARGE


def test_what_is_chosen_reaches_the_script(address: str):
    async def visit() -> None:
        async with Viewer(address) as viewer:
            await viewer.open()
            await viewer.choose("Regions", ("North", "broken"))

    with pytest.raises(ViewerError, match="This region is broken"):
        asyncio.run(visit())


def test_a_filter_in_a_fragment_reruns_the_fragment_alone(address: str):
    async def visit() -> tuple[Answer, Answer]:
        async with Viewer(address) as viewer:
            await viewer.open()
            whole = await viewer.choose("Regions", ("North",))
            return whole, await viewer.choose("Inside", ("one",))

    whole, part = asyncio.run(visit())
    assert part.messages < whole.messages


@pytest.mark.long
def test_a_filter_that_is_not_there_is_said(address: str):
    async def visit() -> None:
        async with Viewer(address) as viewer:
            await viewer.open()
            await viewer.choose("Planets", ("Mars",))

    with pytest.raises(ViewerError, match="no filter 'Planets'"):
        asyncio.run(visit())
