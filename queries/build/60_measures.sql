-- The numbers, each defined once. A tile, its change and its table are made of
-- these, so that they cannot differ.

create or replace macro share_of(in_part, in_whole) as
    in_part / nullif(in_whole, 0);

create or replace macro per_1000(in_part, in_whole) as
    1000 * in_part / nullif(in_whole, 0);

-- The 95 % interval of a share (Wilson 1927): null where there is nothing to share.
create or replace macro wilson_center(in_part, in_whole) as
    (in_part + pow(1.959964, 2) / 2) / (in_whole + pow(1.959964, 2));

create or replace macro wilson_half_width(in_part, in_whole) as
    1.959964
    * sqrt(
        in_part * (in_whole - in_part) / nullif(in_whole, 0) + pow(1.959964, 2) / 4
    )
    / (in_whole + pow(1.959964, 2));

create or replace macro wilson_low(in_part, in_whole) as
    case
        when in_whole > 0
            then greatest(
                wilson_center(in_part, in_whole) - wilson_half_width(in_part, in_whole), 0
            )
    end;

create or replace macro wilson_high(in_part, in_whole) as
    case
        when in_whole > 0
            then least(
                wilson_center(in_part, in_whole) + wilson_half_width(in_part, in_whole), 1
            )
    end;

-- Null where a value is missing, or where it is not known what is better.
create or replace macro is_improved(in_better, in_baseline, in_followup) as
    case in_better
        when 'higher' then in_followup > in_baseline
        when 'lower' then in_followup < in_baseline
    end;

-- People of an engagement; one of the two numbers alone is a report, too.
create or replace macro people_trained(in_in_person, in_virtual) as
    case
        when coalesce(in_in_person, in_virtual) is not null
            then coalesce(in_in_person, 0) + coalesce(in_virtual, 0)
    end;

-- The same of counted changes: of those upward and those downward, the better ones.
create or replace macro better_count(in_better, in_ups, in_downs) as
    case in_better
        when 'higher' then in_ups
        when 'lower' then in_downs
        else 0
    end;

create or replace macro is_awaiting_followup(in_baseline, in_followup) as
    in_baseline is not null and in_followup is null;

-- How long after the end of the assistance something was measured.
create or replace macro months_since(in_ended_on, in_measured_on) as
    case
        when in_ended_on is null or in_measured_on is null then 'Not reported'
        when in_measured_on < in_ended_on then 'Before the end'
        when in_measured_on < in_ended_on + interval 3 month then 'Months 0 to 3'
        when in_measured_on < in_ended_on + interval 6 month then 'Months 3 to 6'
        when in_measured_on < in_ended_on + interval 12 month then 'Months 6 to 12'
        else 'Over 12 months'
    end;

-- Aggregates, over the rows for which in_of is true: all of them for a total,
-- those of a period for a headline.
create or replace macro row_count(in_of) as
    count(*) filter (where in_of);

create or replace macro share_of_rows(in_part, in_of) as
    share_of(count(*) filter (where in_part and in_of), row_count(in_of));

create or replace macro different_count(in_id, in_of) as
    count(distinct in_id) filter (where in_of);

-- A median, of values that come with the number of their rows: rows are few by then.
-- `until` are the rows up to a value and `all` those of all values; the median is
-- the middle row's, or lies between those of the two middle rows.
create or replace macro rows_until(in_rows, in_of_what, in_value) as
    coalesce(sum(in_rows) over (partition by in_of_what order by in_value), 0);

create or replace macro rows_of_all(in_rows, in_of_what) as
    coalesce(sum(in_rows) over (partition by in_of_what), 0);

create or replace macro median_of_counted(in_value, in_until, in_all) as
    (
        min(in_value) filter (where 2 * in_until >= in_all)
        + min(in_value) filter (where 2 * in_until > in_all)
    ) / 2;

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

-- What the page's headlines compare. "Recent" is the chosen period, up to the
-- as-of day; "before" as many days right before it, or as many months where it
-- is whole months: a fiscal year is held against the one before, leap year or not;
-- "last year" the same days a year ago. With no beginning chosen, or one that is still
-- to come, nothing is compared, nor with days before the first request.
create or replace macro last_day_of(in_filters, in_as_of) as
    least(coalesce(in_filters['date_to']::date, in_as_of::date), in_as_of::date);

-- Whether a day of the past may be meant: not in the future, and not one that programs
-- write for an unknown day, as in cri_data/importing/validation/unlikely_values.py.
create or replace macro is_likely_day(in_day, in_as_of) as
    in_day > date '1970-12-31' and in_day <= in_as_of::date;

create or replace macro recent_from(in_filters, in_as_of) as
    case
        when in_filters['date_from']::date <= last_day_of(in_filters, in_as_of)
            then in_filters['date_from']::date
    end;

create or replace macro is_whole_months(in_from, in_to) as
    day(in_from) = 1 and day(in_to + 1) = 1;

create or replace macro before_from(in_from, in_to) as
    case
        when is_whole_months(in_from, in_to)
            then (
                in_from
                - to_months(date_diff('month', in_from, in_to + 1)::integer)
            )::date
        else in_from - (in_to - in_from + 1)::integer
    end;

-- A period that ends with a month ends with that month a year ago.
create or replace macro last_year_to(in_to) as
    (in_to + 1 - interval 12 month)::date - 1;

-- Whether a day lies in one of them. The periods are found first
-- (store/compared_periods): to expand them for each number takes longer than to count it.
create or replace macro is_recent(in_periods, in_on) as
    coalesce(
        is_on_or_after(in_on, in_periods['recent_from_on']::date)
        and in_on <= in_periods['last_day_on']::date,
        false
    );

create or replace macro is_before(in_periods, in_on) as
    coalesce(
        in_on between in_periods['before_from_on']::date
        and in_periods['before_to_on']::date,
        false
    );

create or replace macro is_last_year(in_periods, in_on) as
    coalesce(
        in_on between in_periods['last_year_from_on']::date
        and in_periods['last_year_to_on']::date,
        false
    );

-- What a headline is made of, three times: of the chosen period, of the one before, and of
-- the same a year ago.
create or replace macro three_sums(in_rows, in_is_chosen, in_is_before, in_is_last_year) as
    [
        coalesce(sum(in_rows) filter (where in_is_chosen), 0),
        coalesce(sum(in_rows) filter (where in_is_before), 0),
        coalesce(sum(in_rows) filter (where in_is_last_year), 0)
    ]::double[];

-- The same, unknown where no row knows.
create or replace macro known_sums(in_values, in_is_chosen, in_is_before, in_is_last_year) as
    [
        sum(in_values) filter (where in_is_chosen),
        sum(in_values) filter (where in_is_before),
        sum(in_values) filter (where in_is_last_year)
    ]::double[];
