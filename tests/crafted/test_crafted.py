"""1,000 crafted requests: no row of another comes back, nothing breaks."""

import random
import socket
from pathlib import Path

import pytest
import streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg, DeferredFileRequestPayload
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from cri_ui.views import view_as
from tests.crafted import requests
from tests.crafted.conftest import MARK, Served
from tests.crafted.talk import (
    Visit,
    host_and_port,
    http_answer,
    visiting,
    visiting_as_partner,
)

pytestmark = pytest.mark.server

SEED = 20261124
# So long that the answer still goes out when the next bytes come.
_SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
LARGE_FILE = (
    "/static/js/" + max(_SCRIPTS.glob("*.js"), key=lambda path: path.stat().st_size).name
)
OVER_HTTP, IN_ADDRESSES, IN_WIDGETS, IN_FRAMES = 500, 150, 150, 200


def assert_harmless(content: bytes, what: object) -> None:
    """No row of another, and nothing of how the program is made."""
    assert MARK.encode() not in content, what
    assert b"Traceback" not in content, what
    assert b"site-packages" not in content, what


@pytest.fixture(autouse=True)
def nothing_breaks(server: Served):
    """After each test: no traceback in the log, and the next visitor is served."""
    yield
    with visiting_as_partner(server.address, server.partner_name) as visit:
        assert b"Engagement map" in visit.rerun(page_name="engagement_map")
    log = server.log()
    assert "Traceback" not in log, log[log.index("Traceback") - 500 :][:4_000]
    assert MARK not in log


def test_a_thousand_are_sent() -> None:
    assert OVER_HTTP + IN_ADDRESSES + IN_WIDGETS + IN_FRAMES >= 1_000


def test_the_marks_are_there_for_staff(server: Served) -> None:
    """What no partner gets would be seen if it came."""
    with visiting(server.address) as visit:
        assert MARK.encode() in visit.rerun(page_name="demand")


def test_paths_methods_and_headers(server: Served) -> None:
    chance = random.Random(SEED)  # noqa: S311
    for asked in requests.http_requests(chance, OVER_HTTP):
        status, content = http_answer(
            server.address, asked.path, asked.method, asked.headers, asked.body
        )
        assert status < 500 or status == 501, asked
        assert_harmless(content, asked)


def test_parameters_of_addresses(server: Served) -> None:
    chance = random.Random(SEED)  # noqa: S311
    with visiting_as_partner(server.address, server.partner_name) as visit:
        for _ in range(IN_ADDRESSES):
            query, page = requests.query_string(chance), chance.choice(requests.PAGES)
            content = visit.rerun(query_string=query, page_name=page)
            assert content
            assert_harmless(content, (page, query))


def test_values_of_widgets_and_hashes_of_pages(server: Served) -> None:
    """Ids that staff's pages draw, on pages that are closed to a partner too."""
    chance = random.Random(SEED)  # noqa: S311
    with visiting(server.address) as of_staff:
        for page in requests.PAGES:
            of_staff.rerun(page_name=page)
        closed = list(of_staff.pages.values())
        kinds = {
            one: kind for one, kind in of_staff.kinds.items() if kind in requests.KINDS
        }
    with visiting_as_partner(server.address, server.partner_name) as visit:
        for page in requests.PAGES:
            visit.rerun(page_name=page)
        # Whom to look as stays: without sign-in that is staff's own to choose.
        kinds |= {one: kind for one, kind in visit.kinds.items() if kind in requests.KINDS}
        back = {one for one in kinds if one.endswith(view_as.BACK)}
        assert back
        ids = sorted({*kinds, "$$ID-0-None"} - set(visit.states) - back)
        for _ in range(IN_WIDGETS):
            chosen = chance.sample(ids, k=min(len(ids), 4))
            states = [
                requests.widget_state(chance, one, kinds.get(one, "")) for one in chosen
            ]
            content = visit.rerun(
                states,
                page_script_hash=chance.choice((*closed, "", "f" * 32)),
            )
            assert content, states
            assert_harmless(content, states)


def test_values_of_another_type(server: Served) -> None:
    """Streamlit stumbles over them before our script runs: a line in the log, no more."""
    chance = random.Random(SEED)  # noqa: S311
    before = len(server.log())
    for _ in range(10):
        with visiting_as_partner(server.address, server.partner_name) as visit:
            for widget_id in sorted(set(visit.widgets) - set(visit.states)):
                state = requests.misfit_state(chance, widget_id)
                asked = ClientState(
                    widget_states=WidgetStates(widgets=[*visit.states.values(), state])
                )
                visit.say(BackMsg(rerun_script=asked).SerializeToString(), False)
            visit.is_cut(patience=0.2)
            assert_harmless(b"".join(map(_as_bytes, visit.heard)), "misfits")
    assert "A value that its widget cannot have was ignored." in server.log()[before:]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_chunk_that_breaks_off_while_the_answer_goes_out(
    server: Served, method: str
) -> None:
    """Uvicorn would say 400, but the answer has begun."""
    before = len(server.log())
    for _ in range(20):
        line = socket.create_connection(host_and_port(server.address), timeout=10)
        head = f"{method} {LARGE_FILE} HTTP/1.1\r\nHost: localhost\r\n"
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        # The head of the answer, at least.
        assert line.recv(100).startswith(b"HTTP/1.1 ")
        line.sendall(b"zz\r\n")
        while _received(line):
            pass
        line.close()
    assert "broke the HTTP protocol" in server.log()[before:]


def _received(line: socket.socket) -> bytes:
    try:
        return line.recv(1 << 20)
    except ConnectionError:
        return b""


def test_frames(server: Served) -> None:
    chance = random.Random(SEED)  # noqa: S311
    sent = 0
    while sent < IN_FRAMES:
        with visiting_as_partner(server.address, server.partner_name) as visit:
            for _ in range(10):
                visit.say(requests.frame(chance, visit.session_id), is_answered=False)
                sent += 1
            visit.is_cut(patience=0.05)
            assert_harmless(b"".join(map(_as_bytes, visit.heard)), sent)


def _as_bytes(frame: bytes | str) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()


NAMELESS = ClientState(widget_states=WidgetStates(widgets=[WidgetState(int_value=1)]))
NONSENSE = {
    "text": "text",
    "bytes": b"\xff\xff\xff",
    "a widget's state that is no JSON": BackMsg(
        rerun_script=ClientState(
            widget_states=WidgetStates(
                widgets=[WidgetState(id="$$ID-0-None", json_value="{")]
            )
        )
    ).SerializeToString(),
    "a widget without a name": BackMsg(rerun_script=NAMELESS).SerializeToString(),
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_what_is_no_message_ends_the_talk(server: Served, nonsense: str | bytes) -> None:
    with visiting(server.address) as visit:
        visit.say(nonsense, is_answered=False)
        assert visit.is_cut()


def test_a_message_too_long_ends_the_talk(server: Served) -> None:
    # Longer than the largest file that may come (.streamlit/config.toml): the head of a
    # frame, which says so, is enough.
    head = b"\x82\xff" + (300_000_000).to_bytes(8, "big") + bytes(4)
    with visiting(server.address) as visit:
        visit.line.socket.sendall(head)
        assert visit.is_cut(patience=30)


def test_nobody_empties_what_is_kept_for_all(server: Served) -> None:
    """Streamlit's own message for it would close the store under everybody."""
    with visiting_as_partner(server.address, server.partner_name) as visit:
        before = visit.rerun(page_name="outcomes")
        visit.say(BackMsg(clear_cache=True).SerializeToString(), is_answered=False)
        # The session would have forgotten whom it looks as, too.
        assert len(visit.rerun(page_name="outcomes")) == pytest.approx(len(before), rel=0.1)


def test_a_download_cannot_be_guessed(server: Served) -> None:
    """Its id is 128 random bits, and nothing is told of one that is not there."""
    with visiting(server.address) as of_staff:
        # Those of the first page are gone once another one is drawn.
        of_staff.downloads.clear()
        of_staff.rerun(page_name="demand")
        assert of_staff.downloads
        assert all(len(one) == 32 for one in of_staff.downloads)
        known = min(of_staff.downloads)
        assert b"/media/" in of_staff.say(_asking_for(of_staff, known))
        with visiting_as_partner(server.address, server.partner_name) as visit:
            near = f"{int(known, 16) ^ 1:032x}"
            content = visit.say(_asking_for(visit, near))
            assert b"Failed to generate" in content
            assert_harmless(content, near)
            assert b"/media/" not in content


def test_a_download_asked_for_by_a_hostile_name_is_one_line_of_the_log(
    server: Served,
) -> None:
    with visiting(server.address) as visit:
        before = server.log()
        visit.say(_asking_for(visit, "x\n2026-01-01 An entry that was never made"))
        said = server.log().removeprefix(before).strip().splitlines()
    assert len(said) == 1
    assert "never made" not in said[0]


def _asking_for(visit: Visit, file_id: str) -> bytes:
    return requests.operation(
        visit.session_id, deferred_file=DeferredFileRequestPayload(file_id=file_id)
    )
