-- The agency of each row: its ID, or what to do.
with proposals as (
    select
        given_no,
        string_agg(
            concat(
                name, ' (', id, '; ', concat_ws(', ', city, state), '; ', reason, ')'
            ),
            ', or ' order by place
        ) as best
    from proposed_names
    group by given_no
)

select
    "row",
    given_no,
    settled_names.record_id as agency_id,
    given_rows.written as value,
    case
        when settled_names.record_id is not null then null
        when given_rows.written is null then $blank
        when best is null
            then format($unlike_any, coalesce(' in ' || given_rows.state, ''))
        else format($like_some, best)
    end as problem
from given_rows
left join settled_names using (given_no)
left join proposals using (given_no)
order by "row"
