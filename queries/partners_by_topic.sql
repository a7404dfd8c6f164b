-- Which partner covers which topic: the engagements that it leads in the period, and its
-- expertise. Pairs with neither have no row.
-- key: topic_id, partner_id
-- params: viewer, filters, as_of
-- ignores: statuses
with delivered as (
    select lead_partner_id as partner_id, topic_id, count(*) as engagements
    from engagements_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on) and not is_cancelled
    group by all
),

expertise as (
    select partner_id, unnest(list_distinct(topic_ids)) as topic_id
    from visible_partners($viewer)
),

covered as (
    select
        topic_id,
        partner_id,
        coalesce(delivered.engagements, 0) as engagements,
        expertise.topic_id is not null as has_expertise
    from delivered
    full join expertise using (partner_id, topic_id)
    where topic_id is not null and is_topic_chosen($filters, topic_id)
)

select
    topic_id,
    coalesce(topics.topic_name, topic_id) as topic_name,
    partners.partner_id,
    coalesce(partners.partner_name, partners.partner_id) as partner_name,
    coalesce(partners.acronym, partners.partner_id) as acronym,
    is_selected_partner(
        partners.selection_status,
        partners.effective_from_on,
        partners.effective_to_on,
        $as_of
    ) as is_selected,
    has_expertise,
    engagements
from covered
join visible_partners($viewer) as partners using (partner_id)
left join visible_topics($viewer) as topics using (topic_id)
where is_listed_partner($filters, partners.partner_id)
order by topic_name, topic_id, partner_name, partners.partner_id
