"""After a sign-in: back to a page of ours, and never to anywhere else."""

import pytest
from starlette.responses import RedirectResponse, Response

from cri_ui.server.login_redirect import BackToPage
from tests.server.test_local_only import answer

APP = BackToPage(RedirectResponse("/", status_code=302))
HERE = "http://localhost:8501"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/demand", "/demand"),
        ("/demand?region=South&topic=training", "/demand?region=South&topic=training"),
        ("/", "/"),
        ("/nothing", "/"),
        ("//evil.example/demand", "/"),
        ("//evil.example/", "/"),
        ("/auth/logout", "/"),
        ("/demand?x=%0d%0aset-cookie:a", "/demand?x=%0d%0aset-cookie%3Aa"),
        ("/demand?" + "x" * 3000, "/"),
    ],
)
def test_the_way_back_leads_to_a_page_of_ours(asked: str, led: str):
    _, begun = answer(APP, "/auth/login", referer=HERE + asked)
    cookie = begun["set-cookie"].partition(";")[0]
    assert "HttpOnly; SameSite=Lax" in begun["set-cookie"]
    assert answer(APP, "/oauth2callback", cookie=cookie)[1]["location"] == led


class Provider:
    """What Streamlit answers: a status, and a cookie with somebody or nobody in it."""

    def __init__(self, status: int, cookie: str = ""):
        self._answer = Response("Authentication error", status_code=status)
        self._answer.headers["location"] = "/"
        if cookie:
            self._answer.headers["set-cookie"] = f'_streamlit_user="{cookie}"; Path=/'

    async def __call__(self, scope, receive, send):
        await self._answer(scope, receive, send)


NOT_LET_IN = "/?sign_in=failed"


@pytest.mark.parametrize(
    ("path", "query", "provider", "led"),
    [
        ("/auth/login", "provider=x", Provider(400), NOT_LET_IN),
        ("/oauth2callback", "error=access_denied", Provider(302), NOT_LET_IN),
        ("/oauth2callback", "code=c&state=s", Provider(302), NOT_LET_IN),
        ("/oauth2callback", "code=c&state=s", Provider(500), NOT_LET_IN),
        ("/oauth2callback", "code=c&state=s", Provider(302, "2|1|somebody"), "/"),
        # From signing out at the provider.
        ("/oauth2callback", "", Provider(302), "/"),
        ("/elsewhere/oauth2callback", "error=x", Provider(302), "/"),
    ],
)
def test_who_was_not_let_in_is_told(path: str, query: str, provider, led: str):
    status, headers = answer(BackToPage(provider), path, query=query)
    assert (status, headers["location"]) == (302, led)


def test_who_tries_again_still_comes_to_the_page_asked_for():
    begun = answer(APP, "/auth/login", referer=HERE + "/demand?region=South")[1]
    cookie = begun["set-cookie"].partition(";")[0]
    again = answer(APP, "/auth/login", referer=HERE + NOT_LET_IN, cookie=cookie)[1]
    cookie = again["set-cookie"].partition(";")[0]
    led = answer(APP, "/oauth2callback", cookie=cookie)[1]["location"]
    assert led == "/demand?region=South"


@pytest.mark.parametrize(
    "kept",
    [
        "https%3A%2F%2Fevil.example%2F",
        "%2F%2Fevil.example",
        "%5Cevil.example",
        "%",
        "//[demand",
    ],
)
def test_a_crafted_cookie_leads_nowhere_else(kept: str):
    headers = answer(APP, "/oauth2callback", cookie=f"cri_asked_for={kept}")[1]
    assert headers["location"] == "/"


def test_other_answers_are_left_alone():
    headers = answer(APP, "/auth/logout", referer=HERE + "/demand")[1]
    assert headers["location"] == "/"
    assert "set-cookie" not in headers
