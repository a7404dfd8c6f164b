-- Certain matches: one record fits, and no other is close.
insert into settled_names
with certain as (
    select given_no, max(record_id) as record_id
    from same_names
    where is_fitting
    group by given_no
    having count(distinct record_id) = 1
)

select given_no, 'name', record_id
from certain
where not exists (
    from same_names
    where
        same_names.given_no = certain.given_no
        and same_names.record_id <> certain.record_id
        and is_near
)
