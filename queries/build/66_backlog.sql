-- The open requests: what they wait for, how long, and how many come and go.

-- The stage that an open request is in, by its status; where dates say more, by these.
create or replace macro waits_for(
    in_status, in_decided_on, in_assigned_on, in_started_on
) as
    case greatest(
        stages_past_by_dates(in_status, in_assigned_on, in_started_on),
        if(in_decided_on is null, 0, 1),
        if(in_assigned_on is null, 0, 2),
        if(in_started_on is null, 0, 3)
    )
        when 0 then 'decided'
        when 1 then 'assigned'
        when 2 then 'delivery_started'
        else 'closed'
    end;

create or replace macro age_band(in_days) as
    case
        when in_days <= 7 then 1
        when in_days <= 30 then 2
        when in_days <= 90 then 3
        else 4
    end;

-- Open as of the as-of date, whenever received: the same as backlog_count of that day.
create or replace macro backlog(in_viewer, in_filters, in_as_of) as table
select
    request_id,
    received_on,
    waits_for(status, decided_on, assigned_on, delivery_started_on) as waits_for,
    partner_or_none(lead_partner_id) as lead_partner_id,
    in_as_of::date - received_on as days_open,
    age_band(in_as_of::date - received_on) as age_band
from requests_of_any_period(in_viewer, in_filters)
where is_open and received_on <= in_as_of::date;

-- Of these, the ones of an age band, of a stage, and of a partner, each where given.
create or replace macro chosen_backlog(
    in_viewer, in_filters, in_as_of, in_age_band, in_waits_for, in_lead_partner_id
) as table
select *
from backlog(in_viewer, in_filters, in_as_of)
where
    (in_age_band::integer is null or age_band = in_age_band::integer)
    and (in_waits_for::varchar is null or waits_for = in_waits_for::varchar)
    and (
        in_lead_partner_id::varchar is null
        or lead_partner_id = in_lead_partner_id::varchar
    );

-- The day since when a request is not open: as backlog_count has it, one closed without
-- a day, or before it was received, was closed all along; and one with a day to come, as
-- of the as-of date. Null: it is still open.
create or replace macro gone_on(in_received_on, in_closed_on, in_is_open, in_as_of) as
    case
        when not in_is_open
            then greatest(
                in_received_on,
                least(coalesce(in_closed_on, in_received_on), in_as_of::date)
            )
    end;

-- How many requests came in each month, and how many were gone, up to a day; of all time.
create or replace macro requests_in_and_out(
    in_viewer, in_filters, in_as_of, in_until_on
) as table
with came as (
    select month_on, count(*) as received
    from requests_of_any_period(in_viewer, in_filters)
    where received_on <= in_until_on::date
    group by month_on
),

went as (
    select month_of(gone_on) as month_on, sum(requests) as closed
    from (
        select
            gone_on(received_on, closed_on, is_open, in_as_of) as gone_on,
            count(*) as requests
        from requests_of_any_period(in_viewer, in_filters)
        where not is_open and received_on <= in_until_on::date
        group by all
    )
    where gone_on <= in_until_on::date
    group by all
)

select
    month_on,
    coalesce(received, 0) as received,
    coalesce(closed, 0) as closed
from came
full join went using (month_on);
