-- The ID of an agency in another state than the given one. One of the two is wrong.
insert into proposed_names
select
    given_no,
    record_id as id,
    name,
    0.8 as score,
    1 as place,
    concat('the id is of an agency in ', known_names.state) as reason
from given_names
join known_names on upper(replace(given_names.written, ' ', '')) = upper(record_id)
where
    $dataset = 'agencies'
    and given_names.state <> known_names.state
    and given_no not in (select given_no from proposed_names)
