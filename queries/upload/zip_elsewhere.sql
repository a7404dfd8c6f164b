-- Agencies in the file whose ZIP Code is in other states alone, with one of these. Of a ZIP
-- Code that is not listed, the first three digits count.
with listed as (
    select zip, list(distinct state) as states
    from zip_places
    group by zip
),

areas as (
    select zip[1:3] as area, list(distinct state) as states
    from zip_places
    group by area
)

select
    merged."row",
    merged.zip,
    list_min(coalesce(listed.states, areas.states)) as zip_state
from merged
left join listed using (zip)
left join areas on areas.area = merged.zip[1:3]
where
    merged.state is not null
    and not list_contains(coalesce(listed.states, areas.states), merged.state)
