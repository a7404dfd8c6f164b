"""After a sign-in: back to a page of ours, and never to anywhere else."""

import pytest
from starlette.responses import RedirectResponse

from cri_ui.returning import BackToPage
from tests.test_doors import answer

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
