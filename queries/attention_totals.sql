-- How many requests and engagements need attention, by reason, and the oldest.
-- key: attention
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, statuses
with of_requests as (
    select
        count(undecided_over_30_days) as undecided,
        max(undecided_over_30_days) as undecided_days,
        count(accepted_without_partner) as without_partner,
        max(accepted_without_partner) as without_partner_days,
        count(assigned_not_started_over_60_days) as not_started,
        max(assigned_not_started_over_60_days) as not_started_days
    from waiting_requests($viewer, $filters, $as_of)
),

of_engagements as (
    select
        count(engagements_past_planned_end) as past_end,
        max(engagements_past_planned_end) as past_end_days,
        count(engagements_quiet_over_60_days) as quiet,
        max(engagements_quiet_over_60_days) as quiet_days
    from waiting_engagements($viewer, $filters, $as_of)
),

of_outcomes as (
    select
        count(followups_overdue) as followups,
        max(followups_overdue) as followups_days
    from waiting_outcomes($viewer, $filters, $as_of)
),

-- In the order of the page.
reasons as (
    select
        unnest(range(1, 7)) as attention_order,
        unnest([
            'undecided_over_30_days',
            'accepted_without_partner',
            'assigned_not_started_over_60_days',
            'engagements_past_planned_end',
            'engagements_quiet_over_60_days',
            'followups_overdue'
        ]) as attention,
        unnest(
            [undecided, without_partner, not_started, past_end, quiet, followups]
        ) as items,
        unnest([
            undecided_days,
            without_partner_days,
            not_started_days,
            past_end_days,
            quiet_days,
            followups_days
        ]) as oldest_days
    from of_requests
    cross join of_engagements
    cross join of_outcomes
)

select
    attention,
    attention_order,
    items,
    oldest_days
from reasons
where is_known_viewer($viewer)
order by attention_order
