"""A person takes so many files away in an hour; what is one too many is told."""

import pytest

from cri_ui.components import downloads
from cri_ui.components.downloads import Export, Taken
from cri_ui.session import services, session
from cri_ui.session.services import Services
from tests.support.small_store import small_store


def test_one_download_too_many_is_refused_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    store = small_store()
    monkeypatch.setenv("CRI_DOWNLOADS_PER_HOUR", "2")
    services.provide(Services(store))
    monkeypatch.setattr(session, "with_access", lambda make: make)

    def made_for(who: str) -> bytes:
        monkeypatch.setattr(session, "who", lambda: who)
        return downloads._at_the_click(Export("a list", lambda: Taken(b"rows", 1)))()

    assert [made_for("ann@x.org") for _ in range(2)] == [b"rows"] * 2
    for _ in range(3):
        with pytest.raises(PermissionError):
            made_for("ann@x.org")
    assert made_for("bo@x.org") == b"rows"
    actions = [(who, action) for _, _, who, action, *_ in store.rows("audit/all_entries")]
    assert actions == [
        ("ann@x.org", "exported"),
        ("ann@x.org", "exported"),
        ("ann@x.org", "denied"),
        ("bo@x.org", "exported"),
    ]
    services.provide(None)
    store.close()
