-- What needs no likeness: an id of a record, now or before, or a name confirmed.
create or replace temp table settled_names as
with known_ids as (
    select distinct
        record_id, upper(record_id) as id, state
    from known_names
    union
    -- An ORI of seven characters is the one of nine that ends in 00.
    select record_id, left(upper(record_id), 7), state
    from known_names
    where
        $dataset = 'agencies'
        and regexp_full_match(upper(record_id), '[A-Z]{2}[A-Z0-9]{5}00')
    union
    select aliases.record_id, upper(aliases.alias_key), known_names.state
    from name_aliases as aliases
    join known_names using (record_id)
    where aliases.dataset = $dataset and aliases.alias_kind = 'id'
),

by_id as (
    select given_no, min(known_ids.record_id) as record_id
    from given_names
    join known_ids on upper(replace(written, ' ', '')) = id
    where coalesce(given_names.state = known_ids.state, true)
    group by given_no
    having count(distinct known_ids.record_id) = 1
),

by_alias as (
    select distinct given_no, aliases.record_id
    from given_names
    join name_parts as parts on is_given and name_no = given_no
    join name_aliases as aliases
        on
            aliases.dataset = $dataset
            and aliases.alias_kind = 'name'
            and aliases.state is not distinct from given_names.state
            and aliases.city is not distinct from parts.city_plain
            and aliases.alias_key = name_key(parts)
    where aliases.record_id in (select record_id from known_names)
)

select
    given_no,
    if($dataset = 'agencies', 'ori', 'id') as how,
    record_id
from by_id
union all
select given_no, 'alias', record_id
from by_alias
where given_no not in (select given_no from by_id)
