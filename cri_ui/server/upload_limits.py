"""Limits on uploads: who may send, how often, and how much."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cri_data import settings
from cri_ui.server.public_address import client_of
from cri_ui.session.rate_limit import Allowance
from cri_ui.session.upload_sessions import Senders

_UPLOADS = "/_stcore/upload_file/"
# The most bytes that the form adds to a file.
_FORM = 1024 * 1024
# People in one office share an address.
_PEOPLE_BEHIND_AN_ADDRESS = 10


class UploadLimits:
    """Accepts uploads only from admitted sessions, counted by address and by bytes."""

    def __init__(self, app: ASGIApp, allowance: Allowance, senders: Senders):
        self._app = app
        self._allowance = allowance
        self._senders = senders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403 (not admitted), 413 (too large), or 429 (too many)."""
        is_upload = scope["type"] == "http" and _UPLOADS in scope["path"]
        if not is_upload or scope["method"] not in ("PUT", "POST"):
            await self._app(scope, receive, send)
            return
        session_id = scope["path"].partition(_UPLOADS)[2].partition("/")[0]
        if not self._senders.may(session_id):
            # Not counted, so strangers can't use up the limit of others.
            await PlainTextResponse("You don't have access", 403)(scope, receive, send)
            return
        most = settings.UPLOADS_PER_HOUR.whole_number() * _PEOPLE_BEHIND_AN_ADDRESS
        wait = self._allowance.seconds_to_wait(client_of(scope), most)
        if wait:
            answer = PlainTextResponse(
                "Too many uploads", 429, headers={"Retry-After": str(wait)}
            )
            await answer(scope, receive, send)
            return
        await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = settings.MAX_UPLOAD_MB.whole_number() * 1024 * 1024 + _FORM
        counted, refused = 0, False

        async def counting() -> Message:
            nonlocal counted, refused
            message = await receive()
            counted += len(message.get("body", b""))
            if counted <= most:
                return message
            if not refused:
                refused = True
                await _too_large(scope, receive, send)
            # Streamlit then discards the upload, as if the client had disconnected.
            return {"type": "http.disconnect"}

        async def sending(message: Message) -> None:
            if not refused:
                await send(message)

        if _says_more_than(scope, most):
            await _too_large(scope, receive, send)
            return
        await self._app(scope, counting, sending)


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    answer = PlainTextResponse("File too large", 413, headers={"Connection": "close"})
    await answer(scope, receive, send)


def _says_more_than(scope: Scope, most: int) -> bool:
    said = Headers(scope=scope).get("content-length", "")
    return said.isdecimal() and int(said) > most
