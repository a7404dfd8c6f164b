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

-- What waits longer than it should: for how many days, or null where it does not.
-- Where the day that waiting began is not known, the last day before it that is counts.
create or replace macro days_over(in_since_on, in_most, in_as_of) as
    case
        when in_as_of::date - in_since_on > in_most then in_as_of::date - in_since_on
    end;

-- A request without a status waits if it is open: if it has no day of closing.
create or replace macro days_undecided(
    in_status, in_is_open, in_received_on, in_decided_on, in_as_of
) as
    case
        when
            coalesce(in_status in ('received', 'under_review'), in_is_open)
            and in_decided_on is null
            then days_over(in_received_on, 30, in_as_of)
    end;

create or replace macro days_without_partner(
    in_is_accepted, in_is_worked_on, in_received_on, in_decided_on, in_as_of
) as
    case
        when in_is_accepted and not in_is_worked_on
            then in_as_of::date - coalesce(in_decided_on, in_received_on)
    end;

create or replace macro days_not_started(
    in_status, in_received_on, in_decided_on, in_assigned_on, in_started_on, in_as_of
) as
    case
        when in_status = 'assigned' and in_started_on is null
            then days_over(
                coalesce(in_assigned_on, in_decided_on, in_received_on), 60, in_as_of
            )
    end;

create or replace macro days_past_end(
    in_status, in_planned_end_on, in_ended_on, in_as_of
) as
    case
        when coalesce(in_status in ('planned', 'active'), true) and in_ended_on is null
            then days_over(in_planned_end_on, 0, in_as_of)
    end;

create or replace macro days_quiet(
    in_status, in_started_on, in_last_activity_on, in_as_of
) as
    case
        when in_status = 'active'
            then days_over(coalesce(in_last_activity_on, in_started_on), 60, in_as_of)
    end;

create or replace macro days_without_followup(
    in_baseline_value, in_followup_value, in_status, in_ended_on, in_as_of
) as
    case
        when
            is_awaiting_followup(in_baseline_value, in_followup_value)
            and not is_cancelled(in_status)
            then days_over(in_ended_on, 180, in_as_of)
    end;

-- Each as a column of its own, so that all of an entity are found in one scan.
create or replace macro waiting_requests(in_viewer, in_filters, in_as_of) as table
select
    request_id as record_id,
    request_id,
    status as what,
    days_undecided(status, is_open, received_on, decided_on, in_as_of) as undecided_over_30_days,
    days_without_partner(
        is_accepted, is_worked_on, received_on, decided_on, in_as_of
    ) as accepted_without_partner,
    days_not_started(
        status, received_on, decided_on, assigned_on, delivery_started_on, in_as_of
    ) as assigned_not_started_over_60_days
from requests_of_any_period(in_viewer, in_filters);

create or replace macro waiting_engagements(in_viewer, in_filters, in_as_of) as table
select
    engagement_id as record_id,
    request_id,
    status as what,
    days_past_end(status, planned_end_on, ended_on, in_as_of)
        as engagements_past_planned_end,
    days_quiet(status, started_on, last_activity_on, in_as_of)
        as engagements_quiet_over_60_days
from engagements_of_any_period(in_viewer, in_filters);

create or replace macro waiting_outcomes(in_viewer, in_filters, in_as_of) as table
select
    outcome_id as record_id,
    request_id,
    engagement_status as what,
    days_without_followup(
        baseline_value, followup_value, engagement_status, ended_on, in_as_of
    ) as followups_overdue
from outcomes_of_any_period(in_viewer, in_filters);

-- Of programs of before.
drop table if exists attentions;

-- Whether each word of a text occurs, whatever the case.
create or replace macro has_each_word(in_searched, in_text) as
    len(
        list_filter(
            string_split(lower(trim(in_text)), ' '),
            lambda word: not contains(lower(in_searched), word)
        )
    ) = 0;
