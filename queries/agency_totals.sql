-- How much one agency requested and received, and in what share things got better.
-- key: agency_id
-- params: viewer, agency_id, suppress_below
with asked as (
    select
        row_count(true) as requests,
        row_count(is_open) as requests_open,
        min(received_on) as first_received_on,
        max(received_on) as last_received_on
    from requests_of_agency($viewer, $agency_id::varchar)
),

delivered as (
    select
        row_count(not is_cancelled) as engagements,
        row_count(is_cancelled) as engagements_cancelled,
        row_count(not is_cancelled and hours is not null) as engagements_with_hours,
        sum(hours) filter (where not is_cancelled) as hours
    from engagements_of_agency($viewer, $agency_id::varchar)
),

measured as (
    select
        row_count(true) as outcomes,
        row_count(change is not null) as n,
        row_count(is_improved(better, baseline_value, followup_value))
            as outcomes_improved
    from outcomes_of_agency($viewer, $agency_id::varchar)
    left join visible_metrics($viewer) using (metric_id)
)

select
    agency_id,
    asked.*,
    delivered.*,
    outcomes,
    n,
    case when not is_too_few(n, $suppress_below) then outcomes_improved end
        as outcomes_improved,
    case when not is_too_few(n, $suppress_below) then share_of(outcomes_improved, n) end
        as share_of_outcomes_improved,
    is_too_few(n, $suppress_below) as is_suppressed
from visible_agency_facts($viewer)
cross join asked
cross join delivered
cross join measured
where agency_id = $agency_id::varchar
order by agency_id
