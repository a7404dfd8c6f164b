-- Agencies in the file whose ZIP Code is in other states alone, with one of these.
select
    merged."row",
    merged.zip,
    min(zip_places.state) as zip_state
from merged
join zip_places using (zip)
where merged.state is not null
group by all
having not list_contains(list(zip_places.state), any_value(merged.state))
