-- Engagements grouped by place, most first: the cells of a grid of `cell_degrees` (half a
-- degree if blank), and, if given, each state that the map draws in an inset.
-- key: place
-- params: viewer, filters, colored_by, map_groups, cell_degrees
with placed as (
    select
        map_place(state, latitude, longitude, $cell_degrees) as place,
        topic_id,
        map_group,
        count(*) as points,
        row_count(not is_cancelled) as engagements,
        row_count(is_cancelled) as engagements_cancelled,
        sum(hours) filter (where not is_cancelled) as hours,
        any_value(state) as state,
        sum(latitude) as latitudes,
        sum(longitude) as longitudes
    from map_engagements($viewer, $filters, $colored_by)
    where
        is_place(latitude, longitude)
        and is_chosen($map_groups::varchar[], map_group)
    group by all
),

grouped as (
    select place, map_group, sum(points) as points_of_group
    from placed
    group by all
),

most_frequent as (
    select
        place,
        first(map_group order by points_of_group desc, map_group) as map_group,
        max(points_of_group)::bigint as engagements_of_map_group
    from grouped
    group by place
),

places as (
    select
        place,
        sum(points)::bigint as points,
        sum(engagements)::bigint as engagements,
        sum(engagements_cancelled)::bigint as engagements_cancelled,
        sum(hours) as hours,
        -- The topic of most of them, the first by id where two are level.
        first(topic_id order by points desc, topic_id) as topic_id,
        min(state) as state,
        round(sum(latitudes) / sum(points), 3) as latitude,
        round(sum(longitudes) / sum(points), 3) as longitude
    from (
        select
            place,
            topic_id,
            sum(points) as points,
            sum(engagements) as engagements,
            sum(engagements_cancelled) as engagements_cancelled,
            sum(hours) as hours,
            min(state) as state,
            sum(latitudes) as latitudes,
            sum(longitudes) as longitudes
        from placed
        group by place, topic_id
    )
    group by place
)

select
    place,
    points,
    engagements,
    engagements_cancelled,
    hours,
    topic_id,
    joined_names([topic_id], topics.topic_name_of) as topic_name,
    most_frequent.map_group,
    most_frequent.engagements_of_map_group,
    state,
    latitude,
    longitude
from places
join most_frequent using (place)
cross join topic_names($viewer) as topics
order by engagements desc, place
