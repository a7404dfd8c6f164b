-- Names that cannot be saved, because they mean an unknown record, or two records.
select
    min(written) as written,
    string_agg(distinct record_id, ', ' order by record_id) as record_ids,
    count(distinct record_id) > 1 as is_of_several
from confirmed_names
group by state, city, alias_key
having
    count(distinct record_id) > 1
    or bool_or(record_id is null)
    or min(record_id) not in (select record_id from known_names)
order by written
