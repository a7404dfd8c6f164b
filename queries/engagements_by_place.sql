-- Engagements grouped by place (half a degree), most first.
-- key: place
-- params: viewer, filters
with placed as (
    select
        floor(latitude * 2)::bigint as place_row,
        floor(longitude * 2)::bigint as place_column,
        topic_id,
        count(*) as points,
        row_count(not is_cancelled) as engagements,
        row_count(is_cancelled) as engagements_cancelled,
        sum(hours) filter (where not is_cancelled) as hours,
        sum(latitude) as latitudes,
        sum(longitude) as longitudes
    from filtered_engagements($viewer, $filters)
    where is_place(latitude, longitude)
    group by all
),

places as (
    select
        concat(place_row, ' ', place_column) as place,
        sum(engagements)::bigint as engagements,
        sum(engagements_cancelled)::bigint as engagements_cancelled,
        sum(hours) as hours,
        -- The topic of most of them, the first by id where two are level.
        first(topic_id order by points desc, topic_id) as topic_id,
        round(sum(latitudes) / sum(points), 3) as latitude,
        round(sum(longitudes) / sum(points), 3) as longitude
    from placed
    group by all
)

select
    place,
    engagements,
    engagements_cancelled,
    hours,
    topic_id,
    joined_names([topic_id], topics.topic_name_of) as topic_name,
    latitude,
    longitude
from places
cross join topic_names($viewer) as topics
order by engagements desc, place
