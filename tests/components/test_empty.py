"""A page without results offers the filters whose removal helps, and each does."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
DEMAND = "pages/dashboards/demand.py"


def offers(app: AppTest) -> list[str]:
    assert not app.exception
    return [button.label for button in app.button if str(button.key).startswith("loosen_")]


def test_the_one_filter_that_excludes_all_is_offered(app: Opened) -> None:
    opened = app(DEMAND, region=["Territories"], state=["TX"], size=["Under 10"])
    labels = offers(opened)
    assert labels
    assert all(label.startswith("Remove the filter") for label in labels)
    assert not any(" and " in label for label in labels)
    counts = [int(label.split("(")[1].split()[0].replace(",", "")) for label in labels]
    assert counts == sorted(counts, reverse=True)
    # Removed, there are as many as the button says.
    opened.button(key=next(b.key for b in opened.button if b.label == labels[0])).click()
    opened.run()
    assert not opened.exception
    assert f"**{counts[0]:,} request" in opened.markdown[0].value + opened.markdown[1].value


def test_two_filters_that_exclude_each_other_twice_are_offered_together(
    app: Opened,
) -> None:
    opened = app(DEMAND, region=["Territories"], state=["TX"], division=["Pacific"])
    labels = offers(opened)
    assert labels
    assert all(" and " in label for label in labels)
