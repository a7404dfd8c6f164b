-- What lists and details show beside the rows: names, and what waits.

create or replace macro joined_names(in_ids, in_names) as
    nullif(
        array_to_string(
            list_transform(in_ids, lambda id: coalesce(in_names[id], id)), '; '
        ),
        ''
    );

create or replace macro topic_names(in_viewer) as table
select map(list(topic_id), list(coalesce(topic_name, topic_id))) as topic_name_of
from visible_topics(in_viewer);

create or replace macro partner_names(in_viewer) as table
select
    map(list(partner_id), list(coalesce(partner_name, partner_id))) as partner_name_of
from visible_partners(in_viewer);

-- Who leads the engagements of a request, cancelled ones left out.
create or replace macro leads_of(in_lead, in_status) as
    list(distinct in_lead order by in_lead)
        filter (where in_lead is not null and not is_cancelled(in_status));

-- What waits longer than it should, one row for each reason. Where the day that
-- waiting began is not known, the last day before it that is counts.
create or replace macro attention_items(in_viewer, in_filters, in_as_of) as table
with undecided as (
    select
        'undecided_over_30_days' as attention,
        request_id as record_id,
        request_id,
        in_as_of::date - received_on as days,
        status as what
    from requests_of_any_period(in_viewer, in_filters)
    where
        coalesce(status in ('received', 'under_review'), true)
        and decided_on is null
        and in_as_of::date - received_on > 30
),

without_partner as (
    select
        'accepted_without_partner' as attention,
        request_id as record_id,
        request_id,
        in_as_of::date - coalesce(decided_on, received_on) as days,
        status as what
    from requests_of_any_period(in_viewer, in_filters)
    where is_accepted and not is_worked_on
),

not_started as (
    select
        'assigned_not_started_over_60_days' as attention,
        request_id as record_id,
        request_id,
        in_as_of::date - coalesce(assigned_on, decided_on, received_on) as days,
        status as what
    from requests_of_any_period(in_viewer, in_filters)
    where
        status = 'assigned'
        and delivery_started_on is null
        and in_as_of::date - coalesce(assigned_on, decided_on, received_on) > 60
),

past_end as (
    select
        'engagements_past_planned_end' as attention,
        engagement_id as record_id,
        request_id,
        in_as_of::date - planned_end_on as days,
        status as what
    from engagements_of_any_period(in_viewer, in_filters)
    where
        coalesce(status in ('planned', 'active'), true)
        and ended_on is null
        and planned_end_on < in_as_of::date
),

quiet as (
    select
        'engagements_quiet_over_60_days' as attention,
        engagement_id as record_id,
        request_id,
        in_as_of::date - coalesce(last_activity_on, started_on) as days,
        status as what
    from engagements_of_any_period(in_viewer, in_filters)
    where
        status = 'active'
        and in_as_of::date - coalesce(last_activity_on, started_on) > 60
),

followups as (
    select
        'followups_overdue' as attention,
        outcome_id as record_id,
        request_id,
        in_as_of::date - ended_on as days,
        engagement_status as what
    from outcomes_of_any_period(in_viewer, in_filters)
    where
        is_awaiting_followup(baseline_value, followup_value)
        and not is_cancelled(engagement_status)
        and ended_on < in_as_of::date - 180
)

from undecided
union all
from without_partner
union all
from not_started
union all
from past_end
union all
from quiet
union all
from followups;

create or replace table attentions as
select * from (values
    (1, 'undecided_over_30_days'),
    (2, 'accepted_without_partner'),
    (3, 'assigned_not_started_over_60_days'),
    (4, 'engagements_past_planned_end'),
    (5, 'engagements_quiet_over_60_days'),
    (6, 'followups_overdue')
) as kinds(attention_order, attention);
