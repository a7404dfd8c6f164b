-- Agencies in the file more than 500 miles outside the rectangle around their state's ZIP
-- Codes. A degree of latitude is 69 miles.
with state_boxes as (
    select
        state,
        min(latitude) as south,
        max(latitude) as north,
        min(longitude) as west,
        max(longitude) as east
    from zip_places
    -- Unknown places are at 0, 0.
    where latitude <> 0 and longitude <> 0
    group by state
)

select placed."row", placed.latitude
from (
    select
        *,
        -- West of the date line, Alaska has eastern longitudes.
        case when state = 'AK' and longitude > 0 then longitude - 360 else longitude end
            as degrees_east
    from merged
) as placed
join state_boxes using (state)
where
    sqrt(
        pow(69 * greatest(south - latitude, latitude - north, 0), 2)
        + pow(
            69 * cos(radians(latitude))
            * greatest(west - degrees_east, degrees_east - east, 0),
            2
        )
    ) > 500
