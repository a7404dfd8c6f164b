-- The agency of each row: its id, or what to do about it.
with proposals as (
    select
        given_no,
        string_agg(
            concat(name, ' (', id, '; ', reason, ')'), ', or ' order by place
        ) as best
    from proposed_names
    group by given_no
)

select
    "row",
    settled_names.record_id as agency_id,
    given_rows.written as value,
    case
        when settled_names.record_id is not null then null
        when given_rows.written is null
            then 'No agency is named. Write its name and state, or its agency_id.'
        when best is null then concat(
            'No known agency', ' in ' || given_rows.state, ' is named so or nearly so. '
            || 'Write its agency_id, or load it first under agencies.'
        )
        else concat(
            'It is not certain which agency this is. It could be ', best, '. '
            || 'Write the agency_id of the right one.'
        )
    end as problem
from given_rows
left join settled_names using (given_no)
left join proposals using (given_no)
order by "row"
