-- The records whose facts may be others since these uploads: those that they
-- touched, and what hangs on these, as it was and as it is.
create or replace temp table due as
with touched as (
    select distinct dataset, record_id
    from changes
    where list_contains($upload_ids::varchar[], upload_id)
),

-- Where an agency is, there its engagements are that have no place of their own.
of_agencies as (
    select request_id
    from requests
    where
        agency_id in (select record_id from touched where dataset = 'agencies')
),

of_engagements as (
    select request_id
    from engagements
    where
        engagement_id in (select record_id from touched where dataset = 'engagements')
    union
    select request_id
    from facts_of_engagements
    where
        engagement_id in (select record_id from touched where dataset = 'engagements')
),

due_requests as (
    select record_id
    from touched
    where dataset = 'requests'
    union
    from of_agencies
    union
    from of_engagements
),

due_engagements as (
    select record_id
    from touched
    where dataset = 'engagements'
    union
    select engagement_id
    from engagements
    where request_id in (from due_requests)
),

due_outcomes as (
    select record_id
    from touched
    where dataset = 'outcomes'
    union
    select outcome_id
    from outcomes
    where engagement_id in (from due_engagements)
)

select 'agencies' as dataset, record_id
from touched
where dataset = 'agencies'
union all
select 'requests', record_id
from due_requests
union all
select 'engagements', record_id
from due_engagements
union all
select 'outcomes', record_id
from due_outcomes
