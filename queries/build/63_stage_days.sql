-- What is known of a stage on a day: how it ended, after how many days. Days come with
-- the number of their requests, so that a question scans the requests once or twice and
-- never sorts them.

-- Of five values, the one of a stage.
create or replace macro of_stage(
    in_stage, in_decided, in_assigned, in_delivery_started, in_closed,
    in_received_to_assigned
) as
    case in_stage
        when 'decided' then in_decided
        when 'assigned' then in_assigned
        when 'delivery_started' then in_delivery_started
        when 'closed' then in_closed
        when 'received_to_assigned' then in_received_to_assigned
    end;

-- The target of a stage, of the targets in the order of stages().
create or replace macro target_of(in_target_days, in_stage) as
    of_stage(
        in_stage,
        (in_target_days::bigint[])[1],
        (in_target_days::bigint[])[2],
        (in_target_days::bigint[])[3],
        (in_target_days::bigint[])[4],
        (in_target_days::bigint[])[5]
    );

-- On a day after the as-of date nothing has happened: with such a day, the time of a
-- stage is unknown.
create or replace macro is_to_come(in_begun_on, in_days, in_as_of) as
    in_begun_on > in_as_of::date
    or coalesce(in_days > in_as_of::date - in_begun_on, false);

-- The end of a stage as known on a day: what came after it had not happened yet.
create or replace macro observed_end(
    in_end, in_days, in_begun_on, in_observed_on, in_as_of
) as
    case
        when is_to_come(in_begun_on, in_days, in_as_of) then 7
        when in_begun_on > in_observed_on then null
        when in_days > in_observed_on - in_begun_on then 6
        else in_end
    end;

-- The days in the stage by then; null where unknown.
create or replace macro observed_days(
    in_observed_end, in_days, in_begun_on, in_observed_on
) as
    case
        when in_observed_end = 6 then (in_observed_on - in_begun_on)::integer
        when in_observed_end < 6 then in_days
    end;

create or replace macro is_ended(in_end) as in_end <= 2;

create or replace macro is_left(in_end) as in_end between 3 and 5;

create or replace macro partner_or_none(in_lead_partner_id) as
    coalesce(in_lead_partner_id, 'No partner yet');

-- Without years to compare: every day of the chosen period is this year's.
create or replace macro no_years(in_filters) as {
    'this_from_on': coalesce(in_filters['date_from']::date, date '-infinity'),
    'this_to_on': date 'infinity',
    'last_from_on': null::date,
    'last_to_on': null::date
};

-- Requests with the day as of which they are looked at: the last day of the year in which
-- they were received (see 64_stage_years), but no day to come.
create or replace macro observed_requests(
    in_viewer, in_filters, in_years, in_as_of
) as table
select
    *,
    received_on >= in_years['this_from_on']::date as is_this_year,
    case
        when received_on >= in_years['this_from_on']::date
            then least(in_years['this_to_on']::date, in_as_of::date)
        else in_years['last_to_on']::date
    end as observed_on
from requests_of_any_period(in_viewer, in_filters)
where
    is_on_or_before(received_on, in_filters['date_to']::date)
    and (
        received_on between in_years['this_from_on']::date
        and in_years['this_to_on']::date
        or received_on between in_years['last_from_on']::date
        and in_years['last_to_on']::date
    );

-- The requests with the day that a stage began, how it ended, and its days until then.
-- `in_by` is what they are told apart by, as a number where there is one: 'region',
-- 'size_band', 'topic' (their set of topics), 'partner', or 'all'.
create or replace macro requests_in_stage(
    in_viewer, in_filters, in_stage, in_by, in_years, in_as_of
) as table
select
    is_this_year,
    observed_on,
    latest_on,
    case in_by
        when 'region' then region_order
        when 'size_band' then band_order
        when 'topic' then topic_set
    end as group_number,
    case in_by when 'partner' then partner_or_none(lead_partner_id) end as group_name,
    of_stage(
        in_stage, received_on, decided_on, assigned_on, delivery_started_on, received_on
    ) as begun_on,
    of_stage(
        in_stage, decided_end, assigned_end, delivery_started_end, closed_end,
        received_to_assigned_end
    ) as end_code,
    of_stage(
        in_stage, decided_days, assigned_days, delivery_started_days, closed_days,
        received_to_assigned_days
    ) as days
from observed_requests(in_viewer, in_filters, in_years, in_as_of)
where end_code is not null;

-- How often each end and its days occur, as of the as-of date. Those that have ended,
-- most by far, are counted by stored columns alone, which is several times as quick.
create or replace macro counted_stage_days(
    in_viewer, in_filters, in_stage, in_by, in_as_of
) as table
with chosen as not materialized (
    select *
    from
        requests_in_stage(
            in_viewer, in_filters, in_stage, in_by, no_years(in_filters), in_as_of
        )
),

counted as (
    select group_number, group_name, end_code, days, count(*) as requests
    from chosen
    where end_code <= 5 and latest_on <= in_as_of::date
    group by all
    union all
    select
        group_number,
        group_name,
        observed_end(end_code, days, begun_on, in_as_of::date, in_as_of) as end_now,
        observed_days(end_now, days, begun_on, in_as_of::date) as days_now,
        count(*)
    from chosen
    where end_code > 5 or latest_on > in_as_of::date
    group by all
)

select coalesce(group_number::varchar, group_name, 'all') as group_id, counted.*
from counted;

-- How often each end and its days occur, of every stage: one scan for all five.
create or replace macro counted_by_stage(
    in_viewer, in_filters, in_years, in_as_of
) as table
with observed as (
    select
        is_this_year,
        observed_end(decided_end, decided_days, received_on, observed_on, in_as_of) as decided_code,
        observed_days(decided_code, decided_days, received_on, observed_on)
            as decided_age,
        observed_end(assigned_end, assigned_days, decided_on, observed_on, in_as_of) as assigned_code,
        observed_days(assigned_code, assigned_days, decided_on, observed_on)
            as assigned_age,
        observed_end(delivery_started_end, delivery_started_days, assigned_on, observed_on, in_as_of) as delivery_started_code,
        observed_days(delivery_started_code, delivery_started_days, assigned_on, observed_on)
            as delivery_started_age,
        observed_end(closed_end, closed_days, delivery_started_on, observed_on, in_as_of) as closed_code,
        observed_days(closed_code, closed_days, delivery_started_on, observed_on)
            as closed_age,
        observed_end(received_to_assigned_end, received_to_assigned_days, received_on, observed_on, in_as_of) as received_to_assigned_code,
        observed_days(received_to_assigned_code, received_to_assigned_days, received_on, observed_on)
            as received_to_assigned_age
    from observed_requests(in_viewer, in_filters, in_years, in_as_of)
),

counted as (
    select
        is_this_year,
        -- The one of the five that is grouped by has no bit.
        31 - grouping_id(decided_code, assigned_code, delivery_started_code, closed_code, received_to_assigned_code) as grouped_by,
        coalesce(decided_code, assigned_code, delivery_started_code, closed_code, received_to_assigned_code) as end_code,
        coalesce(decided_age, assigned_age, delivery_started_age, closed_age, received_to_assigned_age) as days,
        count(*) as requests
    from observed
    group by grouping sets (
        (is_this_year, decided_code, decided_age),
        (is_this_year, assigned_code, assigned_age),
        (is_this_year, delivery_started_code, delivery_started_age),
        (is_this_year, closed_code, closed_age),
        (is_this_year, received_to_assigned_code, received_to_assigned_age)
    )
)

select
    case grouped_by
        when 16 then 'decided'
        when 8 then 'assigned'
        when 4 then 'delivery_started'
        when 2 then 'closed'
        when 1 then 'received_to_assigned'
    end as stage,
    is_this_year,
    end_code,
    days,
    requests
from counted
where end_code is not null;
