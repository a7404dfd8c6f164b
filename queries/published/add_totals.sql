-- Publish each topic's total over the states just published, if it reveals nothing.
insert into published_totals by name
with asked as (
    select topic_requests.*, published_requests.is_suppressed
    from topic_requests
    -- The same rows as in the cells, so that totals match them.
    join published_requests using (quarter, state, topic_id)
    where list_contains($quarters::varchar[], quarter)
),

counted as (
    select
        quarter,
        topic_id,
        count(*) as requests,
        row_count(is_suppressed) as shared,
        row_count(is_suppressed and is_still_to_give) as still_to_give
    from asked
    group by all
),

own as (
    select quarter, topic_id, partner_id, count(*) as requests
    from asked
    join partner_requests using (request_id)
    where is_suppressed
    group by all
),

known_most as (
    select quarter, topic_id, max(requests) as most_of_one
    from own
    group by all
),

topics_published as (
    select
        quarter,
        quarter_from_on,
        quarter_to_on,
        topic_id,
        suppress_below,
        as_of_on,
        published_at,
        row_count(is_suppressed) as suppressed_cells
    from published_requests
    where list_contains($quarters::varchar[], quarter)
    group by all
),

judged as (
    select
        topics_published.*,
        coalesce(counted.requests, 0) as requests,
        is_safe_total(
            coalesce(counted.shared, 0),
            coalesce(counted.still_to_give, 0),
            coalesce(known_most.most_of_one, 0),
            suppressed_cells,
            suppress_below
        ) as is_safe
    from topics_published
    left join counted using (quarter, topic_id)
    left join known_most using (quarter, topic_id)
)

select
    * exclude (requests, suppressed_cells, is_safe),
    case when is_safe then requests end as requests,
    not is_safe as is_suppressed
from judged
