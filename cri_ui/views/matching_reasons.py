"""Why a partner fits a request, in words: one sentence for each criterion."""

from typing import Any

import pandas as pd

from cri_data.model.code_lists import AGENCY_TYPES
from cri_data.settings import SUPPRESS_BELOW
from cri_ui.components.text import UNKNOWN, count_of, day, plain, whole


def reasons(pair: Any) -> dict[str, str]:
    """A sentence for each criterion, from one row of scored pairs."""
    return {
        "expertise": _expertise(pair),
        "outcomes": _outcomes(pair),
        "near_work": _near_work(pair),
        "near_base": _near_base(pair),
        "alike": _alike(pair),
        "room": _room(pair),
        "dates": _dates(pair),
    }


def _topic(pair: Any) -> str:
    return plain(pair.topic_name) or "the topic"


def _expertise(pair: Any) -> str:
    if pd.isna(pair.expertise):
        return "Not known: its expertise is not reported"
    if pair.expertise == "primary":
        return f"In its expertise: {_topic(pair)}"
    if pair.expertise == "other":
        named = plain(pair.topics_of_expertise)
        return f"In its expertise: {named}, but not the primary topic, {_topic(pair)}"
    return "None of the request's topics is in its expertise"


def _outcomes(pair: Any) -> str:
    if pair.is_suppressed:
        few = SUPPRESS_BELOW.whole_number()
        return f"Not known: fewer than {few} outcomes measured in {_topic(pair)}"
    if not pair.n:
        return f"Not known: no outcomes measured in {_topic(pair)}"
    return (
        f"{int(pair.outcomes_improved):,} of {count_of(int(pair.n), 'outcome')} improved "
        f"in {_topic(pair)}"
    )


def _near_work(pair: Any) -> str:
    if not pair.places_of_work:
        return "Not known: no current engagement with a known place"
    if pd.isna(pair.miles_from_work):
        return "Not known: the agency has no known place"
    return f"Nearest current engagement: {_miles(pair.miles_from_work)}"


def _near_base(pair: Any) -> str:
    if pd.isna(pair.miles_from_base):
        return "Not known: the place of its base or of the agency is not reported"
    known = [plain(one) for one in (pair.base_city, pair.base_state) if pd.notna(one)]
    named = f" in {', '.join(known)}" if known else ""
    return f"Its base{named}: {_miles(pair.miles_from_base)}"


def _miles(miles: float) -> str:
    return "under 1 mile" if miles < 1 else f"{whole(miles)} miles"


def _alike(pair: Any) -> str:
    kind = str(AGENCY_TYPES.labels.get(pair.agency_type, pair.agency_type)).lower()
    of_type, of_size = pair.engagements_of_type, pair.engagements_of_size
    said = []
    if pd.notna(of_type):
        said.append(f"{count_of(int(of_type), 'engagement')} of the same type ({kind})")
    if pd.notna(of_size):
        size = str(pair.size_band).lower()
        said.append(f"{whole(of_size)} of the same size ({size} officers)")
    if not said:
        return "Not known: type and size of the agency are not reported"
    return ", ".join(said)


def _room(pair: Any) -> str:
    booked = f"{whole(pair.hours_booked)}"
    several = count_of(int(pair.engagements_booked), "engagement")
    missing = int(pair.engagements_booked_without_hours)
    more = f", {missing:,} without reported hours" if missing else ""
    if pd.isna(pair.hours_of_capacity):
        return f"Not known: no capacity reported; {booked} hours booked ({several}{more})"
    capacity = whole(pair.hours_of_capacity)
    return f"{booked} of {capacity} hours booked ({several}{more})"


def _dates(pair: Any) -> str:
    planned = int(pair.days_planned)
    if pair.days_selected == pair.days_planned:
        return f"Selected on all {planned:,} planned days"
    ends = "" if pd.isna(pair.effective_to_on) else f" until {day(pair.effective_to_on)}"
    return f"Selected{ends}: {int(pair.days_selected):,} of {planned:,} planned days"


def fit_in_words(pair: Any) -> str:
    """The fit, and its range if something is not known."""
    if not pair.unknowns:
        return whole(pair.fit)
    return f"{whole(pair.fit)} ({whole(pair.fit_low)} to {whole(pair.fit_high)})"


def score_in_words(score: float) -> str:
    """A score between 0 and 1 as a whole number of 100; a dash if not known."""
    return UNKNOWN if pd.isna(score) else whole(100 * score)
