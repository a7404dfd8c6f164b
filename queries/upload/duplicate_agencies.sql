-- Pairs of stored agencies that are probably one, with the reason. Of many alike, each is
-- paired with the first, so that their number stays that of the agencies.
with places as (select agency_id, county_plain(county) as county from agencies),

pairs as (
    select
        least(similar_rows.agency_id, similar_rows.record_id) as agency_id,
        greatest(similar_rows.agency_id, similar_rows.record_id) as like_agency_id,
        similar_rows.reason
    from similar_rows
    join places as one on one.agency_id = similar_rows.agency_id
    join places as other on other.agency_id = similar_rows.record_id
    where
        similar_rows.agency_id <> similar_rows.record_id
        and (
            similar_rows.reason = 'same ID'
            or coalesce(one.county = other.county, true)
        )
),

first_pairs as (
    select min(agency_id) as agency_id, like_agency_id, reason
    from pairs
    group by like_agency_id, reason
),

pairs_once as (
    select agency_id, like_agency_id, min(reason) as reason
    from first_pairs
    group by agency_id, like_agency_id
)

select
    pairs_once.agency_id,
    agencies.agency_name,
    agencies.state,
    pairs_once.like_agency_id,
    others.agency_name as like_agency_name,
    pairs_once.reason
from pairs_once
join agencies on agencies.agency_id = pairs_once.agency_id
join agencies as others on others.agency_id = pairs_once.like_agency_id
order by pairs_once.agency_id, pairs_once.like_agency_id
