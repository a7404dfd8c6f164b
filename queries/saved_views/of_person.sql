-- A person's own views, and those that others share with all who may see everything.
select view_id, view_name, saved_by, page, address, is_shared, saved_at
from saved_views
where
    saved_by = $person::varchar
    or (is_shared and $sees_shared::boolean)
order by saved_by <> $person::varchar, lower(view_name), view_id
