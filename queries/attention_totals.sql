-- How many requests and engagements need attention, by reason, and the oldest.
-- key: attention
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, partners, statuses
with counted as (
    select attention, count(*) as items, max(days) as oldest_days
    from attention_items($viewer, $filters, $as_of)
    group by attention
)

select
    attention,
    attention_order,
    coalesce(counted.items, 0) as items,
    counted.oldest_days
from attentions
left join counted using (attention)
where is_known_viewer($viewer)
order by attention_order
