-- The field of partners: selection, expertise, the engagements that each leads in the period,
-- what share of outcomes improved (95% interval: Wilson), and how much of its capacity is
-- used. Shares of fewer than suppress_below measurements are blank,
-- and more where they could be worked out. By name, because this is no ranking.
-- key: partner_id
-- params: viewer, filters, as_of, suppress_below
-- ignores: statuses
with delivered as (
    select
        lead_partner_id as partner_id,
        row_count(true) as engagements,
        row_count(status = 'active') as engagements_active,
        row_count(status = 'planned') as engagements_planned,
        row_count(status = 'completed') as engagements_completed,
        count(hours) as engagements_with_hours,
        sum(hours) as hours
    from engagements_of_any_period($viewer, $filters)
    where is_in_period($filters, period_on) and not is_cancelled
    group by lead_partner_id
),

supported as (
    select partner_id, count(*) as engagements_supported
    from (
        select unnest(list_distinct(supporting_partner_ids)) as partner_id
        from engagements_of_any_period($viewer, $filters)
        where is_in_period($filters, period_on) and not is_cancelled
    )
    group by partner_id
),

open_now as (
    select
        lead_partner_id as partner_id,
        row_count(true) as engagements_open,
        row_count(days_late is not null) as engagements_late
    from open_engagements($viewer, $filters, $as_of)
    group by lead_partner_id
),

used as (
    select
        lead_partner_id as partner_id,
        sum(hours) as hours_last_quarter
    from engagements_of_any_period($viewer, $filters)
    where
        not is_cancelled
        and period_on >= last_quarter_from($as_of)
        and period_on < last_quarter_from($as_of) + interval 3 month
    group by lead_partner_id
)

select
    partners.partner_id,
    coalesce(partners.partner_name, partners.partner_id) as partner_name,
    coalesce(partners.acronym, partners.partner_id) as acronym,
    partners.kind,
    partners.selection_status,
    partners.applied_on,
    partners.effective_from_on,
    partners.effective_to_on,
    is_selected_partner(
        partners.selection_status,
        partners.effective_from_on,
        partners.effective_to_on,
        $as_of
    ) as is_selected,
    joined_names(partners.topic_ids, topics.topic_name_of) as topics,
    coalesce(engagements, 0) as engagements,
    coalesce(engagements_planned, 0) as engagements_planned,
    coalesce(engagements_active, 0) as engagements_active,
    coalesce(engagements_completed, 0) as engagements_completed,
    coalesce(engagements_supported, 0) as engagements_supported,
    coalesce(engagements_with_hours, 0) as engagements_with_hours,
    hours,
    case when not outcomes.is_suppressed then outcomes.n end as n,
    case when not outcomes.is_suppressed
        then share_of(outcomes.outcomes_improved, outcomes.n)
    end as share_improved,
    case when not outcomes.is_suppressed
        then wilson_low(outcomes.outcomes_improved, outcomes.n)
    end as share_improved_low,
    case when not outcomes.is_suppressed
        then wilson_high(outcomes.outcomes_improved, outcomes.n)
    end as share_improved_high,
    coalesce(outcomes.is_suppressed, false) as is_suppressed,
    coalesce(engagements_open, 0) as engagements_open,
    coalesce(engagements_late, 0) as engagements_late,
    hours_last_quarter,
    partners.capacity_hours_per_quarter,
    -- Of a partner that is one: the others have no capacity to use.
    case
        when is_selected
            then share_of(
                coalesce(hours_last_quarter, 0), partners.capacity_hours_per_quarter
            )
    end as share_of_capacity_last_quarter,
    last_quarter_from($as_of) as quarter_from_on
from visible_partners($viewer) as partners
left join delivered using (partner_id)
left join supported using (partner_id)
left join open_now using (partner_id)
left join used using (partner_id)
left join outcomes_by_lead($viewer, $filters, $suppress_below) as outcomes
    on outcomes.lead_partner_id = partners.partner_id
cross join topic_names($viewer) as topics
where is_listed_partner($filters, partners.partner_id)
order by partner_name, partners.partner_id
