-- Facts that differ from the tables: the fault, number of records, and first record.
with faults as (
    select 'agencies' as of_what, agency_id as record_id
    from (
        (from agencies_now except all from facts_of_agencies)
        union all
        (from facts_of_agencies except all from agencies_now)
    )
    union all
    select 'requests', request_id
    from (
        (from requests_now except all from facts_of_requests)
        union all
        (from facts_of_requests except all from requests_now)
    )
    union all
    select 'engagements', engagement_id
    from (
        (from engagements_now except all from facts_of_engagements)
        union all
        (from facts_of_engagements except all from engagements_now)
    )
    union all
    select 'outcomes', outcome_id
    from (
        (from outcomes_now except all from facts_of_outcomes)
        union all
        (from facts_of_outcomes except all from outcomes_now)
    )
)

select
    of_what || ' that are counted otherwise than they are stored' as what,
    count(distinct record_id) as records,
    min(record_id) as example
from faults
group by of_what
order by of_what;
