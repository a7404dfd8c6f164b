"""The sentence on what is asked and not delivered."""

import pandas as pd

from cri_ui.views.demand_delivery import largest_gap


def table(*rows: tuple) -> pd.DataFrame:
    names = ["group_name", "requests", "requests_completed", "requests_in_delivery"]
    return pd.DataFrame(rows, columns=names)


def test_the_largest_number_and_the_largest_share_of_enough_requests():
    found = table(
        ("Training", 100, 60, 10),
        ("<b>Tribal", 40, 10, 10),
        # All of them, but few.
        ("Few", 3, 0, 0),
        ("None", 0, 0, 0),
    )
    assert largest_gap(found) == (
        "Most requests neither completed nor in delivery: **Training**, 30 of 100. "
        r"Largest share: **\<b\>Tribal**, 50% of 40."
    )


def test_without_twenty_requests_no_share_is_compared():
    assert largest_gap(table(("A", 19, 10, 0))).endswith("**A**, 9 of 19.")


def test_where_all_is_delivered_nothing_is_said():
    assert largest_gap(table(("A", 5, 3, 2), ("B", 0, 0, 0))) == ""
    assert largest_gap(table()) == ""
