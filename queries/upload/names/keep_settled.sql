-- Matches without comparison: a current or former ID, or a confirmed name.
create or replace temp table settled_names as
with written_ids as (
    select record_id, upper(id) as id, state
    from current_ids
    union
    -- An ORI with seven characters equals the one with nine that ends in 00.
    select record_id, left(upper(id), 7), state
    from current_ids
    where
        $dataset = 'agencies'
        and regexp_full_match(upper(id), '[A-Z]{2}[A-Z0-9]{5}00')
),

by_id as (
    select given_no, min(written_ids.record_id) as record_id
    from given_names
    join written_ids on upper(replace(written, ' ', '')) = id
    where coalesce(given_names.state = written_ids.state, true)
    group by given_no
    having count(distinct written_ids.record_id) = 1
),

by_alias as (
    select distinct given_no, current_ids.record_id
    from given_names
    join name_parts as parts on is_given and name_no = given_no
    join name_aliases as aliases
        on
            aliases.dataset = $dataset
            and aliases.state is not distinct from given_names.state
            and aliases.city is not distinct from parts.city_plain
            and aliases.alias_key = name_key(parts)
    join current_ids on current_ids.id = aliases.record_id
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
