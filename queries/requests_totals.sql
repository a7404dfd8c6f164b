-- How many requests there are, from whom, how fast they are answered.
-- key: one row
-- params: viewer, filters
-- ignores: partners, statuses
with agencies as (
    select count(*) as agencies
    from filtered_agencies($viewer, $filters)
),

without_partner as (
    select count(*) as requests_without_partner
    from requests_without_partner($viewer, $filters)
    where is_in_period($filters, received_on)
),

measured as (
    select
        row_count(true) as requests,
        row_count(is_open) as requests_open,
        different_count(agency_code, true) as agencies_with_requests,
        row_count(is_small_agency) as requests_from_small_agencies,
        share_of_rows(is_small_agency, true)
            as share_of_requests_from_small_agencies,
        median_days(days_to_decided, true) as median_days_to_decided,
        median_days(days_to_delivery_started, true)
            as median_days_to_delivery_started,
        median_days(days_to_closed, true) as median_days_to_closed
    from filtered_requests($viewer, $filters)
)

select
    measured.requests,
    measured.requests_open,
    without_partner.requests_without_partner,
    agencies.agencies,
    measured.agencies_with_requests,
    share_of(
        measured.agencies_with_requests, agencies.agencies
    ) as share_of_agencies_reached,
    measured.requests_from_small_agencies,
    measured.share_of_requests_from_small_agencies,
    measured.median_days_to_decided,
    measured.median_days_to_delivery_started,
    measured.median_days_to_closed
from measured
cross join agencies
cross join without_partner
order by all
