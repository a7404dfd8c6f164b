-- Agencies in groups, what a period is as years, and which topics a table has rows for.

-- The group of an agency, by what agencies are grouped by. Null: by region.
create or replace macro agency_group(
    in_grouped_by, in_region, in_division, in_state, in_size_band, in_agency_type
) as
    case coalesce(in_grouped_by::varchar, 'region')
        when 'region' then in_region
        when 'division' then in_division
        when 'state' then coalesce(in_state, 'Not reported')
        when 'size_band' then in_size_band
        when 'agency_type' then coalesce(in_agency_type, 'Not reported')
    end;

-- By the topics of requests, which are no group of agencies.
create or replace macro is_by_topic(in_grouped_by) as
    coalesce(in_grouped_by::varchar = 'topic', false);

-- Regions, divisions, and types in their usual order, sizes from small to large, and
-- states by name; what is not reported stands last.
create or replace macro group_order(in_grouped_by, in_group) as
    coalesce(
        nullif(
            list_position(
                case coalesce(in_grouped_by::varchar, 'region')
                    when 'region' then
                        ['Northeast', 'Midwest', 'South', 'West', 'Territories']
                    when 'division' then [
                        'New England', 'Middle Atlantic', 'East North Central',
                        'West North Central', 'South Atlantic', 'East South Central',
                        'West South Central', 'Mountain', 'Pacific', 'Territories'
                    ]
                    when 'size_band' then [
                        'Under 10', '10-24', '25-49', '50-99', '100-249', '250-499',
                        '500-999', '1,000 or more'
                    ]
                    when 'agency_type' then [
                        'municipal', 'sheriff', 'county', 'state', 'tribal', 'campus',
                        'special'
                    ]
                end,
                in_group
            ),
            0
        ),
        if(in_group = 'Not reported', 99, 98)
    );

-- Agencies by which the nation's rate is worked out: those of one size. Where sizes are
-- compared, all are one.
create or replace macro rate_band(in_grouped_by, in_size_band) as
    if(coalesce(in_grouped_by::varchar = 'size_band', false), 'All', in_size_band);

-- How many years the period has: from its first day, or that of the first request where
-- that is later, to its last day or the as-of day. Null: no day of it.
create or replace macro period_years(in_viewer, in_filters, in_as_of) as table
select
    case
        when first_on <= last_day_of(in_filters, in_as_of)
            then (last_day_of(in_filters, in_as_of) - first_on + 1) / 365.25
    end as years
from (
    select greatest(min(received_on), in_filters['date_from']::date) as first_on
    from visible_request_facts(in_viewer)
    where is_likely_day(received_on, in_as_of)
);

-- The topics that could be asked for on one of these days, of those chosen.
create or replace macro topics_between(
    in_viewer, in_filters, in_from_on, in_to_on
) as table
select topic_id
from visible_topics(in_viewer)
where
    is_topic_chosen(in_filters, topic_id)
    and coalesce(effective_from_on <= in_to_on, true)
    and coalesce(effective_to_on >= in_from_on, true);

create or replace macro topics_in_effect(in_viewer, in_filters, in_as_of) as table
select topic_id
from topics_between(
    in_viewer,
    in_filters,
    in_filters['date_from']::date,
    last_day_of(in_filters, in_as_of)
);

-- Where a request stands, by its status alone: each request is in one place.
create or replace macro request_place(in_status) as
    case
        when in_status = 'declined' then 'declined'
        when in_status = 'withdrawn' then 'withdrawn'
        when in_status in ('received', 'under_review') then 'undecided'
        when in_status in ('accepted', 'assigned') then 'accepted'
        when in_status = 'in_delivery' then 'in_delivery'
        when in_status = 'completed' then 'completed'
        else 'unknown'
    end;

-- So few agencies that their reach says little.
create or replace macro is_few_agencies(in_agencies) as
    in_agencies < 20;

-- Not served in the period: by whether there is no request (null: that), or there are
-- requests, but none with an engagement that is not canceled.
create or replace macro is_unserved(in_unserved, in_requests, in_worked_on) as
    if(
        coalesce(in_unserved::varchar = 'no_engagement', false),
        in_requests > 0 and in_worked_on = 0,
        in_requests = 0
    );

-- How requests are spread over the agencies with requests, from those with the fewest: a
-- row per number of requests, and the shares of agencies and of requests up to there
-- (Lorenz 1905).
create or replace macro requests_curve(in_viewer, in_filters) as table
with by_number as (
    select
        requests as requests_by_each_agency,
        count(*) as agencies,
        count(*) * requests as requests
    from filtered_agency_requests(in_viewer, in_filters)
    where requests > 0
    group by requests
)
select
    requests_by_each_agency,
    agencies,
    requests,
    sum(agencies) over (order by requests_by_each_agency) / sum(agencies) over ()
        as share_of_agencies_up_to_here,
    sum(requests) over (order by requests_by_each_agency) / sum(requests) over ()
        as share_of_requests_up_to_here
from by_number;

create or replace macro fiscal_year_start(in_on) as
    make_date(fiscal_year(in_on) - 1, 10, 1);

-- The fiscal year of the period's last day, up to that day, and the same days of the year
-- before. Of a year that began before the month of the first request nothing is known.
create or replace macro compared_years(in_viewer, in_filters, in_as_of) as table
select
    year_from_on,
    year_to_on,
    (year_from_on - interval 12 month)::date as last_year_from_on,
    last_year_to(year_to_on) as last_year_to_on,
    coalesce((year_from_on - interval 12 month)::date >= month_of(first_on), false)
        as is_last_year_known
from (
    select
        last_day_of(in_filters, in_as_of) as year_to_on,
        fiscal_year_start(last_day_of(in_filters, in_as_of)) as year_from_on,
        min(received_on) as first_on
    from visible_request_facts(in_viewer)
    where is_likely_day(received_on, in_as_of)
);
