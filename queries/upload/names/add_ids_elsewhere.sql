-- The ID of an agency in another state than the given one. One of the two is wrong.
insert into proposed_names by name
select
    given_no,
    record_id as id,
    known_names.name,
    known_names.city,
    known_names.state,
    0.8 as score,
    1 as place,
    false as is_close,
    false as is_likely,
    concat('the id is of an agency in ', known_names.state) as reason
from given_names
join known_names on upper(replace(given_names.written, ' ', '')) = upper(record_id)
where
    $dataset = 'agencies'
    and given_names.state <> known_names.state
    and given_no not in (select given_no from proposed_names)
