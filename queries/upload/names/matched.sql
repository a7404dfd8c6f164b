-- The match of each name in the file, one row per name.
with proposals as (
    select
        given_no,
        list(
            {
                'id': id,
                'name': name,
                'city': city,
                'state': state,
                'score': score,
                'reason': reason
            }
            order by place
        ) as proposals
    from proposed_names
    group by given_no
)

select
    written as name,
    state_written as state,
    city,
    type_written as agency_type,
    rows,
    case
        when settled_names.how is not null then settled_names.how
        when proposals is not null then 'proposal'
        else 'none'
    end as how,
    settled_names.record_id,
    (
        select min(known_names.name)
        from known_names
        where known_names.record_id = settled_names.record_id
    ) as record_name,
    coalesce(proposals, []) as proposals
from given_names
left join settled_names using (given_no)
left join proposals using (given_no)
order by given_no
