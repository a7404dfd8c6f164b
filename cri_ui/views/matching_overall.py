"""Matching page: partners for all waiting requests at once, under their capacities."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from cri_data.matching import assignment
from cri_data.matching.assignment import Assignment, Problem
from cri_data.model.filters import Filters
from cri_data.model.roles import Permission, Viewer
from cri_data.records import PlannedEngagement, planned_csv
from cri_data.store.store import Store
from cri_ui.components import downloads, html_table, page
from cri_ui.components.text import UNKNOWN, count_of, rounded, share, whole
from cri_ui.session import session
from cri_ui.views.matching_weights import Asked, scored

# So many requests are matched at once: the longest waiting.
_MOST = 2_000

# A smaller share is one of rounding.
_NOTHING = 5e-5

_GREEDY, _BEST = "Longest wait first", "Best in total"

DEFINITION = (
    "Longest wait first: each request in turn takes the partner that fits best and still "
    "has free hours. Best in total: the assignment with the largest sum of fits. A partner "
    "takes no more than its free hours in the planned period; each request takes the "
    "usual hours of its topic (the median). Partners without a reported capacity have no "
    "limit. Partners without expertise in any of the topics take none. At most: the sum "
    "that could be reached if requests could be split."
)


@dataclass(frozen=True)
class Overall:
    """Both assignments of all requests, and the sum of fits that none can exceed."""

    problem: Problem
    greedy: Assignment
    best: Assignment
    bound: float


def draw_overall(viewer: Viewer, filters: Filters, asked: Asked) -> None:
    """Draw both assignments and what each gives up, when opened."""
    opened = st.expander(
        "Match all requests at once",
        icon=":material/hub:",
        key="matching_overall",
        on_change="rerun",
    )
    if not opened.open:
        return
    given = {"start_on": asked.start_on, "end_on": asked.end_on, "row_limit": _MOST}
    pairs = session.fetch("partner_fits_list", viewer, filters, **given)
    with opened:
        if pairs.empty:
            page.note("No partner is selected on the as-of date.")
            return
        fits = scored(pairs, asked)
        overall = session.made_of(fits, "overall", lambda: overall_of(fits))
        st.markdown(in_words(overall))
        _compare(overall)
        _loads(overall, fits)
        table = session.made_of(fits, "both", lambda: both_by_request(overall, fits))
        page.twin(table, "matching_both", "Partners by request", definition=DEFINITION)
        if viewer.may(Permission.UPLOAD):
            _files(overall, fits, asked)


def overall_of(fits: pd.DataFrame) -> Overall:
    """Both assignments of these scored pairs."""
    problem = assignment.problem_of(fits)
    return Overall(
        problem,
        assignment.greedy(problem),
        assignment.best(problem),
        assignment.linear_bound(problem),
    )


def in_words(overall: Overall) -> str:
    """What each of the two gives up."""
    greedy, best = overall.greedy, overall.best
    requests = len(overall.problem.request_ids)
    said = [f"**{count_of(requests, 'request')}** matched."]
    if requests == _MOST:
        said = [f"The **{requests:,} requests** that wait longest are matched."]
    gain = rounded(best.total_fit - greedy.total_fit, 1)
    if gain > 0:
        said.append(
            f"Taking the longest wait first gives up **{gain:,}** points of fit "
            f"({share((best.total_fit - greedy.total_fit) / best.total_fit, 1)}) in total."
        )
    else:
        said.append("Both ways have the same total fit.")
    fewer = greedy.left_out - best.left_out
    if fewer:
        more = _BEST if fewer < 0 else _GREEDY
        said.append(
            f"{more} leaves {count_of(abs(fewer), 'more request')} without partner."
        )
    short = 1 - best.total_fit / overall.bound if overall.bound > 0 else 0.0
    if short < _NOTHING:
        said.append("No assignment is better.")
    else:
        said.append(f"No assignment could be better by more than {share(short, 2)}.")
    return " ".join(said)


def _mean(one: Assignment) -> str:
    served = len(one.partner_of) - one.left_out
    return f"{rounded(one.total_fit / served, 1):,}" if served else UNKNOWN


def _compare(overall: Overall) -> None:
    both = (overall.greedy, overall.best)
    rows = [
        (
            "Requests with a partner",
            *(whole(len(o.partner_of) - o.left_out) for o in both),
            "",
        ),
        ("Requests without a partner", *(whole(one.left_out) for one in both), ""),
        ("Total fit", *(whole(one.total_fit) for one in both), whole(overall.bound)),
        ("Mean fit of those with a partner", *map(_mean, both), ""),
        ("Hours", *(whole(one.load.sum()) for one in both), ""),
    ]
    table = pd.DataFrame(rows, columns=["All requests", _GREEDY, _BEST, "At most"])
    html_table.draw(table, "Both assignments, compared.")


def _loads(overall: Overall, fits: pd.DataFrame) -> None:
    """Draw what each partner takes, beside its free hours."""
    names = dict(zip(fits["partner_id"], fits["partner_name"], strict=True))
    rows = []
    for at, partner_id in enumerate(overall.problem.partner_ids):
        room = overall.problem.room[at]
        row = [names[partner_id], "no limit known" if room == float("inf") else whole(room)]
        for one in (overall.greedy, overall.best):
            row += [whole((one.partner_of == at).sum()), whole(one.load[at])]
        rows.append(row)
    heads = ["Partner", "Free hours"]
    for name in (_GREEDY, _BEST):
        heads += [f"{name}: requests", f"{name}: hours"]
    html_table.draw(pd.DataFrame(rows, columns=heads), "Requests and hours by partner.")


def both_by_request(overall: Overall, fits: pd.DataFrame) -> pd.DataFrame:
    """A row for each request: its partner and fit in both assignments."""
    names = dict(zip(fits["partner_id"], fits["partner_name"], strict=True))
    fit = overall.problem.fit
    table = pd.DataFrame({"request_id": overall.problem.request_ids})
    for one, key in ((overall.greedy, "greedy"), (overall.best, "best")):
        partners = [partner for _, partner in assignment.named(overall.problem, one)]
        table[f"{key}_partner"] = [names.get(partner or "") for partner in partners]
        table[f"{key}_fit"] = [
            None if at < 0 else float(fit[row, at]) for row, at in enumerate(one.partner_of)
        ]
    table["is_same_partner"] = table["greedy_partner"].eq(table["best_partner"])
    table.attrs = dict(fits.attrs)
    return table


def _files(overall: Overall, fits: pd.DataFrame, asked: Asked) -> None:
    """Draw the downloads that the Upload page takes, as new planned engagements."""
    page.note(
        "As planned engagements, for the Upload page. There, you see each row before it is "
        "saved, and can undo it."
    )
    store = session.store()
    with st.container(horizontal=True, gap="xsmall"):
        for one, key, label in (
            (overall.greedy, "greedy", _GREEDY),
            (overall.best, "best", _BEST),
        ):
            # Made when it is clicked.
            make = partial(_file, store, overall.problem, one, fits, asked)
            downloads.button(
                f"Download engagements ({label.lower()})",
                downloads.Export(f"matching_{key}", make),
                file_name=f"engagements_{key}_{session.info().as_of_on.isoformat()}.csv",
                key=f"download_matching_{key}",
            )


def _file(
    store: Store, problem: Problem, one: Assignment, fits: pd.DataFrame, asked: Asked
) -> downloads.Taken:
    planned = planned_of(problem, one, fits, asked)
    return downloads.Taken(planned_csv(store, planned), len(planned))


def planned_of(
    problem: Problem, one: Assignment, fits: pd.DataFrame, asked: Asked
) -> list[PlannedEngagement]:
    """The planned engagements of an assignment; requests without partner have none."""
    of_requests = fits.drop_duplicates("request_id").set_index("request_id")
    topics, hours = of_requests["topic_id"].to_dict(), of_requests["hours_usual"].to_dict()
    return [
        PlannedEngagement(
            request_id,
            partner_id,
            asked.start_on,
            asked.end_on,
            None if pd.isna(topics[request_id]) else str(topics[request_id]),
            None if pd.isna(hours[request_id]) else float(hours[request_id]),
        )
        for request_id, partner_id in assignment.named(problem, one)
        if partner_id is not None
    ]
