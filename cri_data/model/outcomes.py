"""Columns of `outcomes`: a metric measured for an engagement, before and after."""

from enum import StrEnum

from cri_data.model.columns import (
    Dataset,
    count_column,
    date_column,
    id_column,
    number_column,
)
from cri_data.model.units import OF_THE_METRIC, PEOPLE


class Wave(StrEnum):
    """When a value was measured: before or after the assistance."""

    BASELINE = "baseline"
    FOLLOWUP = "followup"


OUTCOMES = Dataset(
    "outcomes",
    "outcome",
    "One metric measured for one engagement, before and after.",
    "outcome_id",
    (
        id_column(
            "outcome_id",
            "The office's number for the outcome. In a file without this column, an "
            "outcome is known by its engagement and metric.",
            required=True,
            headings=("outcome", "id"),
        ),
        id_column(
            "engagement_id",
            "The engagement that was measured.",
            required=True,
            refers_to="engagements",
            headings=("engagement", "engagement number"),
        ),
        id_column(
            "metric_id",
            "The metric that was measured.",
            required=True,
            refers_to="metrics",
            headings=("metric",),
        ),
        number_column(
            "baseline_value",
            "Baseline value, before the engagement.",
            unit=OF_THE_METRIC,
            headings=("baseline", "before"),
        ),
        date_column("baseline_on", "Date of the baseline.", headings=("baseline date",)),
        number_column(
            "followup_value",
            "Follow-up value, after the engagement.",
            unit=OF_THE_METRIC,
            headings=("follow-up", "after"),
        ),
        date_column("followup_on", "Date of the follow-up.", headings=("follow-up date",)),
        number_column(
            "target_value", "Target value.", unit=OF_THE_METRIC, headings=("target",)
        ),
        count_column(
            "respondents_invited",
            "People invited to respond.",
            10_000_000,
            unit=PEOPLE,
            headings=("invited",),
        ),
        count_column(
            "respondents_responded",
            "People who responded.",
            10_000_000,
            unit=PEOPLE,
            headings=("responded",),
        ),
    ),
    date_chains=(("baseline_on", "followup_on"),),
)
