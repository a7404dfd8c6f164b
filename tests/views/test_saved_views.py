"""Saved views on a page: saved, listed, opened by their link, shared, and removed."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from cri_data.accounts import saved_views
from cri_ui.session import services

Opened = Callable[..., AppTest]
DEMAND = "pages/dashboards/demand.py"


def opened_list(app: AppTest) -> AppTest:
    app.session_state["saved_views"] = True
    app.run()
    assert not app.exception
    return app


def save(app: AppTest, name: str, shared: bool = False) -> AppTest:
    app.text_input(key="saved_view_name").set_value(name)
    if shared:
        app.checkbox(key="saved_view_shared").check()
    next(one for one in app.button if one.label == "Save view").click().run()
    assert not app.exception
    return app


def links(app: AppTest) -> list[str]:
    return [one.value for one in app.html if 'target="_self"' in one.value]


def test_a_view_is_saved_with_the_filters_of_its_page(app: Opened) -> None:
    opened = opened_list(app(DEMAND, region=["West"], from_fy="FY2024"))
    assert any("No saved views yet." in one.value for one in opened.markdown)
    save(opened, "West & <b>wild</b>")
    (link,) = links(opened)
    assert 'href="demand?from_fy=FY2024&amp;region=West"' in link
    assert "West &amp; &lt;b&gt;wild&lt;/b&gt;" in link
    assert "only you see it" in link
    assert "Saved the view" in opened.success[0].value
    next(one for one in opened.button if one.label == "Remove").click().run()
    assert not links(opened)


def test_a_view_without_a_name_says_what_to_do(app: Opened) -> None:
    opened = save(opened_list(app(DEMAND)), "  ")
    assert [one.value for one in opened.error] == ["Enter a name for the view."]
    assert not links(opened)


def test_views_of_others_are_seen_only_if_shared_and_never_by_partners(app: Opened) -> None:
    app(DEMAND)
    store = services.current().store()
    for name, shared in (("Mine alone", False), ("For all", True)):
        saved_views.save(store, "ben@office.gov", name, "demand", "state=TX", shared)
    saved_views.save(store, "ben@office.gov", "Outcomes", "outcomes", "", True)
    try:
        found = links(opened_list(app(DEMAND)))
        assert ["For all" in link for link in found] == [True, False]
        assert "shared by ben@office.gov" in found[0]
        as_partner = opened_list(app("pages/dashboards/outcomes.py", role="partner"))
        assert not links(as_partner)
        assert not any(box.key == "saved_view_shared" for box in as_partner.checkbox)
    finally:
        for view in saved_views.of_person(store, "ben@office.gov", False):
            saved_views.remove(store, "ben@office.gov", view.view_id)


def test_a_page_without_filters_has_no_saved_views(app: Opened) -> None:
    assert "Saved views" not in [one.label for one in app("pages/data/about.py").expander]
