-- Agencies as a person compares them: place, requests, when first loaded, how many values are
-- known, and a number that differs when any value does.
with loaded as (
    select changes.record_id, min(uploads.uploaded_at) as loaded_at
    from changes
    join uploads using (upload_id)
    where
        changes.dataset = 'agencies'
        and changes.before is null
        and changes.record_id in (select unnest($agency_ids::varchar[]))
    group by changes.record_id
),

requested as (
    select agency_id, count(*) as requests
    from requests
    where agency_id in (select unnest($agency_ids::varchar[]))
    group by agency_id
)

select
    agencies.agency_id,
    agencies.agency_name,
    agencies.city,
    agencies.state,
    coalesce(requested.requests, 0) as requests,
    loaded.loaded_at,
    len(
        list_filter(
            [
                agencies.agency_type,
                agencies.county,
                agencies.city,
                agencies.zip,
                agencies.latitude::varchar,
                agencies.longitude::varchar,
                agencies.sworn_officers::varchar,
                agencies.sworn_as_of_on::varchar,
                agencies.population_served::varchar
            ],
            lambda value: value is not null
        )
    ) as known_values,
    hash(agencies)::varchar as version
from agencies
left join requested using (agency_id)
left join loaded on loaded.record_id = agencies.agency_id
where agencies.agency_id in (select unnest($agency_ids::varchar[]))
order by agencies.agency_id
