-- The numbers, each defined once. A tile, its change and its table are made of
-- these, so that they cannot differ.

create or replace macro share_of(in_part, in_whole) as
    in_part / nullif(in_whole, 0);

create or replace macro per_1000(in_part, in_whole) as
    1000 * in_part / nullif(in_whole, 0);

-- Null where a value is missing, or where it is not known what is better.
create or replace macro is_improved(in_better, in_baseline, in_followup) as
    case in_better
        when 'higher' then in_followup > in_baseline
        when 'lower' then in_followup < in_baseline
    end;

create or replace macro is_awaiting_followup(in_baseline, in_followup) as
    in_baseline is not null and in_followup is null;

-- Aggregates, over the rows for which in_of is true: all of them for a total,
-- those of a period for a headline.
create or replace macro row_count(in_of) as
    count(*) filter (where in_of);

create or replace macro share_of_rows(in_part, in_of) as
    share_of(count(*) filter (where in_part and in_of), row_count(in_of));

create or replace macro different_count(in_id, in_of) as
    count(distinct in_id) filter (where in_of);

create or replace macro median_days(in_days, in_of) as
    median(in_days) filter (where in_of);

create or replace macro engagement_count(in_status, in_of) as
    count(*) filter (where not is_cancelled(in_status) and in_of);

-- Measured twice, so that a change is known: the n of every outcome figure.
create or replace macro pair_count(in_baseline, in_followup, in_of) as
    count(in_followup - in_baseline) filter (where in_of);

create or replace macro share_improved(in_better, in_baseline, in_followup, in_of) as
    share_of(
        count(*) filter (
            where is_improved(in_better, in_baseline, in_followup) and in_of
        ),
        pair_count(in_baseline, in_followup, in_of)
    );

-- Too few to be shown. No threshold: nothing is.
create or replace macro is_too_few(in_n, in_suppress_below) as
    coalesce(in_n < in_suppress_below::bigint, false);

-- Open at the end of a day: received by then, not closed by then. Its status says
-- whether it is open as of today, as everywhere; the day it was closed, since when
-- it is not. What is closed without a day counts as closed all along.
create or replace macro backlog_count(
    in_received_on, in_closed_on, in_is_open, in_on, in_as_of
) as
    count(*) filter (
        where in_received_on <= in_on
        and (
            in_is_open
            or coalesce(in_closed_on > in_on and in_on < in_as_of::date, false)
        )
    );

-- Accepted requests that nobody works on: no engagement but cancelled ones.
create or replace macro requests_without_partner(in_viewer, in_filters) as table
select *
from requests_of_any_period(in_viewer, in_filters)
where is_accepted_status(status) and not is_worked_on;

-- What the page's headlines compare. "Recent" is the chosen period, up to the
-- as-of day, and "before" as many days right before it, or as many months where it
-- is whole months: a fiscal year is held against the one before, leap year or not.
-- With no period chosen, the last 12 months and the 12 before. An open beginning,
-- or one that is still to come, compares with nothing: all four are null.
create or replace macro is_every_day(in_filters) as
    in_filters['date_from']::date is null and in_filters['date_to']::date is null;

create or replace macro last_day_of(in_filters, in_as_of) as
    least(coalesce(in_filters['date_to']::date, in_as_of::date), in_as_of::date);

create or replace macro recent_from(in_filters, in_as_of) as
    case
        when is_every_day(in_filters)
            then (in_as_of::date - interval 12 month)::date + 1
        when in_filters['date_from']::date <= last_day_of(in_filters, in_as_of)
            then in_filters['date_from']::date
    end;

create or replace macro recent_to(in_filters, in_as_of) as
    case
        when recent_from(in_filters, in_as_of) is not null
            then last_day_of(in_filters, in_as_of)
    end;

create or replace macro before_to(in_filters, in_as_of) as
    recent_from(in_filters, in_as_of) - 1;

create or replace macro is_whole_months(in_from, in_to) as
    day(in_from) = 1 and day(in_to + 1) = 1;

create or replace macro before_from(in_filters, in_as_of) as
    case
        when is_every_day(in_filters)
            then (in_as_of::date - interval 24 month)::date + 1
        when
            is_whole_months(
                recent_from(in_filters, in_as_of),
                recent_to(in_filters, in_as_of)
            )
            then (
                recent_from(in_filters, in_as_of)
                - to_months(
                    date_diff(
                        'month',
                        recent_from(in_filters, in_as_of),
                        recent_to(in_filters, in_as_of) + 1
                    )::integer
                )
            )::date
        else
            recent_from(in_filters, in_as_of)
            - (
                recent_to(in_filters, in_as_of)
                - recent_from(in_filters, in_as_of)
                + 1
            )::integer
    end;
