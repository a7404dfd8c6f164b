"""Outcomes: a metric measured for an engagement, before and after."""

from cri_data.model.columns import (
    Dataset,
    count_column,
    date_column,
    id_column,
    number_column,
)

OUTCOMES = Dataset(
    "outcomes",
    "one metric measured for one engagement",
    "outcome_id",
    (
        id_column(
            "outcome_id",
            "The office's number of the measurement.",
            required=True,
            headings=("outcome", "id"),
        ),
        id_column(
            "engagement_id",
            "The engagement that it measures.",
            required=True,
            refers_to="engagements",
            headings=("engagement", "engagement number"),
        ),
        id_column(
            "metric_id",
            "What is measured.",
            required=True,
            refers_to="metrics",
            headings=("metric",),
        ),
        number_column("baseline_value", "Value before.", headings=("baseline", "before")),
        date_column("baseline_on", "Day of the value before.", headings=("baseline date",)),
        number_column("followup_value", "Value after.", headings=("follow-up", "after")),
        date_column("followup_on", "Day of the value after.", headings=("follow-up date",)),
        number_column("target_value", "Value aimed at.", headings=("target",)),
        count_column(
            "respondents_invited", "People asked.", 10_000_000, headings=("invited",)
        ),
        count_column(
            "respondents_responded",
            "People who answered.",
            10_000_000,
            headings=("responded",),
        ),
    ),
    date_chains=(("baseline_on", "followup_on"),),
)

# In the order in which an empty store takes them: what is referred to first.
