-- The hash of each quarter's published rows, for the audit log.
with lines as (
    select
        'cell' as kind,
        quarter,
        quarter_from_on,
        quarter_to_on,
        state,
        topic_id,
        requests,
        is_suppressed,
        suppress_below,
        as_of_on
    from published_requests
    union all by name
    select
        'total' as kind,
        quarter,
        quarter_from_on,
        quarter_to_on,
        '' as state,
        topic_id,
        requests,
        is_suppressed,
        suppress_below,
        as_of_on
    from published_totals
)

select
    quarter,
    sha256(
        string_agg(
            lines::varchar,
            chr(10)
            order by kind, state, topic_id, lines::varchar
        )
    ) as seal
from lines
group by quarter
order by quarter;
