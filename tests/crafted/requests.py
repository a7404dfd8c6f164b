"""What is sent: paths, parameters, widget values and frames, the same by every seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import (
    BackendOperationRequest,
    BackMsg,
    DataframeChunkRequestPayload,
    DeferredFileRequestPayload,
)
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileURLsRequest, SInt64Array, StringArray
from streamlit.proto.WidgetStates_pb2 import WidgetState

# What may be asked for: ids of rows that are another's, and what breaks things.
HOSTILE = (
    "ZZID-R1",
    "ZZID-A1",
    "ZZID-E1",
    "ZZID-P",
    "U-000001",
    "' or true --",
    "x' union all select agency_name from agencies --",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "%00",
    "\u202e\ufeff\U0001f4a9",
    "-1",
    "99999999999999999999",
    "NaN",
    "9999-99-99",
    "0000-01-01",
    "[]",
    '{"a":1}',
    "A" * 20_000,
    "{}$`\\",
    "staff",
    "FY99999",
    "",
)
KEYS = (
    *("topic", "region", "division", "state", "size", "type", "partner", "status"),
    *("from_fy", "to_fy", "from", "to", "quarter", "measure", "attention", "period"),
    *("view_as", "view_as_partner", "viewer_role", "viewer_partner", "_shown"),
    *("embed", "embed_options", "page", "request_id", "upload_id", "engagement_id"),
    *("agency", "find"),
)
# The widgets whose values are known here, by Streamlit's names for them.
KINDS = frozenset(
    {
        *("selectbox", "text_input", "text_area", "multiselect", "button_group"),
        *("button", "download_button", "checkbox", "plotly_chart", "arrow_data_frame"),
        "deck_gl_json_chart",
    }
)
PAGES = (
    *("", "home", "outcomes", "engagement_map", "published_demand", "about"),
    *("overview", "demand", "upload", "records", "upload_history", "people", "trail"),
    *("agency", "our_work", "partners", "nowhere", "..", "pages/data/upload.py"),
)
# What a grid or a map says was chosen: of rows, columns and layers that are not there.
_JSON = (
    '{"selection":{"rows":[999999,-1],"columns":["x"],"cells":[]}}',
    '{"selection":{"rows":[-1],"columns":[],"cells":[[9,"x"]]}}',
    '{"selection":{"indices":{"a":[9]},"objects":{"a":[{"id":"ZZID-E1"}]}}}',
    '{"selection":{"indices":{"engagements":[0]},"objects":{"engagements":[{}]}}}',
    '{"selection":{}}',
    "{}",
    "null",
    "[]",
    "5",
    '"ZZID-E1"',
)
_ROOTS = (
    *("/", "/app/static/", "/media/", "/static/", "/_stcore/", "/component/"),
    *("/_stcore/upload_file/", "/_stcore/bidi-components/", "/custom_component/"),
    *("/_stcore/media/", "/demand/", "/_stcore/component/", "/~/+/media/"),
)
_TAILS = (
    *("..", "../..", "%2e%2e/%2e%2e", "..%2f..%2f..%2fetc%2fpasswd", "..\\..\\var"),
    *("....//....//etc/passwd", "%252e%252e%252f", "/etc/passwd", "//etc/passwd"),
    *("../app.py", "../cri_data/store.py", "../var/cri.duckdb", "cri.duckdb"),
    *(".streamlit/secrets.toml", "../.streamlit/secrets.toml", "../.git/config"),
    *("health", "metrics", "metrics/", "METRICS", "host-config", "stream", "%00"),
    *("allowed-message-origins", "script-health-check", "\x01\x02", "a" * 8_000),
    *("0" * 64, "0" * 40 + ".csv", "a.csv", "con", "file:///etc/passwd", "?x=%ff"),
    *("data/upload.py", "engagements/../../../app.py", "auth/login", "oauth2callback"),
)
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "XYZ")
_HEADERS = (
    {},
    {"Range": "bytes=0-18446744073709551616"},
    {"Range": "bytes=5-1"},
    {"If-Modified-Since": "not a day"},
    {"Accept-Encoding": "br;q=9, *"},
    {"Cookie": "_streamlit_user=AAAA; _streamlit_xsrf=2|a|b|c"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary=x"},
    {"X-Streamlit-User": "eyJlbWFpbCI6ICJhQGIuYyJ9"},
    {"X-Http-Method-Override": "DELETE"},
    {"Origin": "http://evil.example"},
    {"Host": "evil.example"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"Accept": "a" * 9_000},
    # Two lengths at once, where there is a body.
    {"Transfer-Encoding": "chunked"},
)


@dataclass(frozen=True)
class Request:
    """One crafted HTTP request."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


def http_requests(chance: random.Random, number: int) -> Iterator[Request]:
    """So many requests of every path, method and header, in any mixture."""
    for _ in range(number):
        method = chance.choice((*_METHODS, "GET", "GET", "GET"))
        path = chance.choice(_ROOTS) + chance.choice((*_TAILS, chance.choice(HOSTILE)))
        if chance.random() < 0.2:
            path += f"?{chance.choice(KEYS)}={chance.choice(HOSTILE)}"
        body = chance.randbytes(chance.choice((0, 10, 5_000))) if method != "GET" else None
        yield Request(method, path.replace("\n", ""), dict(chance.choice(_HEADERS)), body)


def query_string(chance: random.Random) -> str:
    """A few parameters, some of them twice."""
    pairs = [
        f"{chance.choice(KEYS)}={chance.choice(HOSTILE)}"
        for _ in range(chance.randint(1, 5))
    ]
    return "&".join(pairs)


def widget_state(chance: random.Random, widget_id: str, kind: str) -> WidgetState:
    """A hostile value of the type that this kind of widget sends."""
    texts = [chance.choice(HOSTILE) for _ in range(chance.randint(0, 3))]
    if kind in ("selectbox", "text_input", "text_area"):
        return WidgetState(id=widget_id, string_value=chance.choice(HOSTILE))
    if kind in ("multiselect", "button_group"):
        return WidgetState(id=widget_id, string_array_value=StringArray(data=texts))
    if kind in ("button", "download_button"):
        return WidgetState(id=widget_id, trigger_value=True)
    if kind == "checkbox":
        return WidgetState(id=widget_id, bool_value=True)
    if kind == "deck_gl_json_chart":
        return WidgetState(id=widget_id, string_value=chance.choice(_JSON[:4]))
    return WidgetState(id=widget_id, json_value=chance.choice(_JSON[:4]))


def misfit_state(chance: random.Random, widget_id: str) -> WidgetState:
    """A value of any type, which need not be that of this widget."""
    text = chance.choice(HOSTILE)
    number = chance.choice((0, 1, -1, 5, 2**62, -(2**62)))
    return chance.choice(
        (
            WidgetState(id=widget_id, string_value=text),
            WidgetState(id=widget_id, int_value=number),
            WidgetState(id=widget_id, double_value=chance.choice((1e308, -0.5))),
            WidgetState(id=widget_id, bool_value=True),
            WidgetState(id=widget_id, string_array_value=StringArray(data=[text, text])),
            WidgetState(id=widget_id, int_array_value=SInt64Array(data=[number])),
            WidgetState(id=widget_id, json_value=chance.choice(_JSON)),
            WidgetState(id=widget_id, bytes_value=text.encode()),
        )
    )


def frame(chance: random.Random, session_id: str) -> bytes | str:
    """A message that is none, or one that is not a visitor's to send.

    What is asked for in a session is asked for in this one, or in one that is none.
    """
    session_id = chance.choice((session_id, "y"))
    state = ClientState(page_script_hash="f" * 32)
    valid = BackMsg(rerun_script=state).SerializeToString()
    return chance.choice(
        (
            chance.randbytes(chance.randint(1, 400)),
            valid[: chance.randint(1, len(valid) - 1)],
            valid + chance.randbytes(9),
            "text, not bytes",
            b"\xff" * 3_000,
            BackMsg(clear_cache=True).SerializeToString(),
            BackMsg(load_git_info=True).SerializeToString(),
            BackMsg(set_run_on_save=True).SerializeToString(),
            BackMsg(stop_script=True).SerializeToString(),
            BackMsg(debug_shutdown_runtime=True).SerializeToString(),
            BackMsg(debug_disconnect_websocket=True).SerializeToString(),
            BackMsg(app_heartbeat=True).SerializeToString(),
            BackMsg(
                file_urls_request=FileURLsRequest(
                    request_id="x",
                    file_names=[chance.choice(HOSTILE)],
                    session_id=session_id,
                )
            ).SerializeToString(),
            operation(
                session_id,
                deferred_file=DeferredFileRequestPayload(file_id=chance.choice(HOSTILE)),
            ),
            operation(
                session_id,
                dataframe_chunk=DataframeChunkRequestPayload(
                    source_id=chance.choice(HOSTILE), offset=2**62, limit=2**30
                ),
            ),
            b"",
            # Of a part of a page that is not there: not always answered.
            BackMsg(rerun_script=ClientState(fragment_id="f" * 32)).SerializeToString(),
        )
    )


def operation(session_id: str, **payload: object) -> bytes:
    """Ask for a file or rows of a table, beside the runs of a session's script."""
    asked = BackendOperationRequest(request_id="x", session_id=session_id, **payload)
    return BackMsg(backend_operation_request=asked).SerializeToString()
