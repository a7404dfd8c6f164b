-- Agencies with engagements that the viewer sees, whose name, city, or ID contains each word
-- of a text. Names that begin with it first.
-- key: agency_id
-- params: viewer, text, row_limit
with words as (
    select string_split_regex(lower(trim($text::varchar)), '\s+') as searched
),

on_map as (
    select
        agency_code,
        count(*) as points,
        median(latitude) as latitude,
        median(longitude) as longitude
    from visible_engagement_facts($viewer)
    group by agency_code
)

select
    agencies.agency_id,
    agencies.agency_name,
    agencies.city,
    agencies.state,
    on_map.points,
    on_map.latitude,
    on_map.longitude
from on_map
join visible_agency_facts($viewer) as facts using (agency_code)
join visible_agencies($viewer) as agencies on agencies.agency_id = facts.agency_id
cross join words
where
    trim($text::varchar) <> ''
    and len(
        list_filter(
            words.searched,
            lambda word: not contains(
                lower(concat_ws(
                    ' ',
                    agencies.agency_name,
                    agencies.city,
                    agencies.state,
                    agencies.agency_id
                )),
                word
            )
        )
    ) = 0
order by
    starts_with(lower(agencies.agency_name), lower(trim($text::varchar))) desc,
    on_map.points desc,
    agencies.agency_name,
    agencies.agency_id
limit $row_limit::bigint
