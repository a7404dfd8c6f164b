-- Accepted requests without an engagement, by state, and how many partners that are selected
-- are there, or in its Census division: by their base or their work, if it is open or of the
-- past year. States without a partner first.
-- key: state
-- params: viewer, filters, as_of
-- ignores: date_from, date_to, statuses
with given as materialized (
    -- What is no day is refused first, so that a refusal depends on no row.
    select $as_of::date as as_of
),

waiting as (
    select
        state,
        count(*) as requests_unassigned,
        max(days_waiting) as oldest_days
    from unassigned_requests($viewer, $filters, $as_of)
    group by state
),

at_work as (
    select partners.partner_id, partners.short_name, states.state, states.division
    from partner_states($viewer, $as_of)
    join selected_partners($viewer, $as_of) as partners using (partner_id)
    join visible_states($viewer) as states using (state)
),

of_states as (
    select
        state,
        count(*) as partners_in_state,
        string_agg(short_name, '; ' order by short_name) as partners
    from at_work
    group by state
),

of_divisions as (
    select division, count(distinct partner_id) as partners_in_division
    from at_work
    group by division
)

select
    waiting.state,
    coalesce(states.state_name, waiting.state) as state_name,
    waiting.requests_unassigned,
    waiting.oldest_days,
    coalesce(of_states.partners_in_state, 0) as partners_in_state,
    coalesce(of_divisions.partners_in_division, 0) as partners_in_division,
    of_states.partners
from waiting
left join visible_states($viewer) as states using (state)
left join of_states using (state)
left join of_divisions on of_divisions.division = states.division
cross join given
where given.as_of is not null
order by
    coalesce(partners_in_division, 0) > 0,
    coalesce(partners_in_state, 0) > 0,
    requests_unassigned desc,
    waiting.state
