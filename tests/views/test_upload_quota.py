"""A person looks at so many files an hour, and is told when it is possible again."""

import pytest

from cri_ui.session import session
from cri_ui.session.rate_limit import Allowance

PAGE = "pages/data/upload.py"


def test_one_file_too_many_is_refused_with_when(empty_app, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_UPLOADS_PER_HOUR", "1")
    opened = empty_app(PAGE)
    content = b"agency_id,agency_name,state\nA1,Aina,TX\n"
    opened.file_uploader[0].upload("a.csv", content).run()
    assert [error.value for error in opened.error] == []
    button = next(b for b in opened.button if b.label.startswith("Commit"))
    again = opened.file_uploader[0].upload("b.csv", content.replace(b"A1", b"A2")).run()
    assert "You have reached the limit of 1 file per hour" in again.error[0].value
    assert "Try again in 60 minutes" in again.error[0].value
    assert button.label == "Commit 1 row"
    with session.store().cursor() as cursor:
        denials = cursor.execute(
            "select what from audit where action = 'denied'"
        ).fetchall()
    assert denials == [('{"limit": "uploads to preview"}',)]


def test_a_commit_too_many_writes_nothing(empty_app, monkeypatch: pytest.MonkeyPatch):
    opened = empty_app(PAGE)
    content = b"agency_id,agency_name,state\nA1,Aina,TX\n"
    opened.file_uploader[0].upload("a.csv", content).run()
    monkeypatch.setattr(Allowance, "seconds_to_wait", lambda *_: 90)
    next(b for b in opened.button if b.label.startswith("Commit")).click().run()
    assert "Try again in 2 minutes" in opened.error[0].value
    assert not opened.success
