-- Pairs of stored agencies that are probably one, with the reason.
with pairs as (
    select
        least(agencies.agency_id, similar_rows.record_id) as agency_id,
        greatest(agencies.agency_id, similar_rows.record_id) as like_agency_id,
        similar_rows.reason
    from similar_rows
    join agencies on agencies.agency_id = similar_rows.agency_id
    join agencies as others on others.agency_id = similar_rows.record_id
    where
        agencies.agency_id <> others.agency_id
        and (
            similar_rows.reason = 'same ID'
            or is_same_county(agencies.county, others.county)
        )
)

select
    pairs.agency_id,
    agencies.agency_name,
    agencies.state,
    pairs.like_agency_id,
    others.agency_name as like_agency_name,
    min(pairs.reason) as reason
from pairs
join agencies on agencies.agency_id = pairs.agency_id
join agencies as others on others.agency_id = pairs.like_agency_id
group by all
order by pairs.agency_id, pairs.like_agency_id
