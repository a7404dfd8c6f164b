insert into name_aliases by name
select
    $dataset as dataset,
    state,
    city,
    alias_key,
    min(written) as written,
    record_id,
    $who as remembered_by,
    now() as remembered_at
from confirmed_names
group by all
