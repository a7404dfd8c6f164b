-- Published requests of all agencies in the partner's topics of expertise, over the four
-- quarters published last, most first. A hidden count adds nothing: "at least".
-- key: topic_id
-- params: viewer
with counted as (
    select
        topic_id,
        sum(requests)::bigint as requests,
        count(requests) as quarters_shown,
        row_count(is_suppressed) as quarters_hidden,
        min(quarter_from_on) as quarter_from_on,
        max(quarter_to_on) as quarter_to_on
    from visible_published_totals($viewer)
    where
        quarter in (select quarter from newest_quarters($viewer, 4))
        and topic_id in (select topic_id from topics_of_expertise($viewer))
    group by topic_id
)

select
    counted.topic_id,
    coalesce(topics.topic_name, counted.topic_id) as topic_name,
    counted.requests,
    counted.quarters_shown,
    counted.quarters_hidden,
    counted.quarter_from_on,
    counted.quarter_to_on
from counted
left join visible_topics($viewer) as topics using (topic_id)
order by counted.requests desc nulls last, topic_name, topic_id
