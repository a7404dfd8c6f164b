"""The headline numbers month by month, against pandas over the exported files."""

from dataclasses import replace

import pandas as pd

from cri_data.model.filters import Filters
from cri_data.store.store import Store
from tests.queries import test_headline_numbers as numbers
from tests.queries.test_headline_numbers import Files, asked, same

# The stores, files, and filters are those of the headline numbers.
store, files, filters = numbers.store, numbers.files, numbers.filters
FEW = 5


def expected(files: Files, filters: Filters) -> pd.DataFrame:
    """A row per month, the last one up to the last day of the period."""
    every = files.chosen(replace(filters, date_from=None, date_to=None))
    last = min(pd.Timestamp(filters.date_to or files.as_of), files.as_of)
    first = max(last.to_period("M") - 23, files.requests.received_on.min().to_period("M"))
    rows = [
        of_month(every, max(month.start_time, first.start_time), min(month.end_time, last))
        for month in pd.period_range(first, last, freq="M")
    ]
    return pd.DataFrame(rows)


def of_month(every: Files, first: pd.Timestamp, last: pd.Timestamp) -> dict:
    asked = every.requests[every.requests.received_on.between(first, last)]
    known = asked[asked.size_band != "Not reported"]
    open_then = every.requests[
        (every.requests.received_on <= last)
        & (every.requests.is_open | (every.requests.closed_on > last))
    ]
    held = every.engagements[
        every.engagements.period_on.between(first, last)
        & (every.engagements.status != "cancelled")
    ]
    people = held[["participants_in_person", "participants_virtual"]].sum(
        axis=1, min_count=1
    )
    measured = every.outcomes[every.outcomes.period_on.between(first, last)].merge(
        every.metrics[["metric_id", "better"]], on="metric_id"
    )
    change = (measured.followup_value - measured.baseline_value).dropna()
    sign = measured.loc[change.index].better.map({"higher": 1.0, "lower": -1.0})
    better = change * sign.astype(float) > 0
    few = 0 < len(change) < FEW
    return {
        "month_on": first,
        "requests": len(asked),
        "agencies_with_requests": asked.agency_id.nunique(),
        "share_of_requests_from_small_agencies": known.is_small.mean(),
        "requests_backlog": len(open_then),
        "engagements": len(held),
        "hours": held.hours.sum(min_count=1),
        "participants": people.sum(min_count=1),
        "share_of_outcomes_improved": None if few else better.mean(),
    }


def test_each_number_of_each_month(store: Store, files: Files, filters: Filters) -> None:
    answer = asked(store, "headlines_by_month", filters, suppress_below=FEW)
    found = answer.pivot(index="month_on", columns="headline", values="value")
    wanted = expected(files, filters).set_index("month_on")
    assert list(found.index) == list(wanted.index)
    assert set(found.columns) == set(wanted.columns)
    for name in wanted.columns:
        for month, value in wanted[name].items():
            assert same(found[name][month], value), (name, month)


def test_the_last_month_ends_as_the_headline_does(store: Store, filters: Filters) -> None:
    by_month = asked(store, "headlines_by_month", filters, suppress_below=FEW)
    headlines = asked(store, "headlines", filters, suppress_below=FEW)
    backlog = by_month[by_month.headline == "requests_backlog"].value.iloc[-1]
    headline = headlines.set_index("headline").value["requests_backlog"]
    assert backlog == headline
