-- For each accepted request without a partner (the longest waiting, up to a limit), each
-- partner that is selected on the as-of date: what speaks for and against it.
-- key: request_id, partner_id
-- params: viewer, filters, as_of, request_id, row_limit, start_on, end_on, suppress_below
-- ignores: date_from, date_to, statuses
with planned as (
    -- Of the new engagement. Not specified: 90 days, from 30 days after the as-of date.
    select
        coalesce($start_on::date, $as_of::date + 30) as start_on,
        greatest(
            start_on, coalesce($end_on::date, start_on + 89)
        ) as end_on,
        end_on - start_on + 1 as days
),

waiting as (
    select *
    from requests_without_partner($viewer, $filters, $as_of)
    where $request_id::varchar is null or request_id = $request_id::varchar
    order by days_waiting desc, request_id
    limit $row_limit::bigint
),

candidates as (
    select * from candidate_partners($viewer, $as_of)
),

-- Who leads an engagement and who supports it, each once.
delivered as (
    select
        unnest(
            list_distinct(
                list_append(coalesce(supporting_partner_ids, []), lead_partner_id)
            )
        ) as partner_id,
        *
    from visible_engagement_facts($viewer)
    where not is_cancelled
),

current_places as (
    select distinct partner_id, latitude, longitude
    from delivered
    semi join candidates using (partner_id)
    where
        coalesce(status in ('planned', 'active'), ended_on is null)
        and is_place(latitude, longitude)
        -- The middle of a county or state is not where somebody works.
        and placed_by in ('site', 'agency', 'zip', 'city')
),

nearest as (
    select
        waiting.request_id,
        places.partner_id,
        min(
            miles_between(
                waiting.latitude, waiting.longitude, places.latitude, places.longitude
            )
        ) as miles_from_work
    from waiting
    cross join current_places as places
    group by waiting.request_id, places.partner_id
),

places_of_work as (
    select partner_id, count(*) as places_of_work
    from current_places
    group by partner_id
),

-- What it has delivered or begun, by kind of agency.
served as (
    select
        delivered.partner_id,
        agencies.agency_type,
        agencies.band_order,
        count(*) as engagements
    from delivered
    semi join candidates using (partner_id)
    join visible_agency_facts($viewer) as agencies using (agency_code)
    where delivered.started_on is not null or delivered.status in ('active', 'completed')
    group by all
),

served_alike as (
    select
        kinds.agency_type,
        kinds.band_order,
        served.partner_id,
        sum(served.engagements) as engagements,
        sum(served.engagements)
            filter (where served.agency_type = kinds.agency_type) as engagements_of_type,
        sum(served.engagements)
            filter (where served.band_order = kinds.band_order) as engagements_of_size
    from (select distinct agency_type, band_order from waiting) as kinds
    cross join served
    group by all
),

-- As the Outcomes page counts them for a partner and a topic.
measured as (
    select
        outcomes.topic_id,
        unnest(
            list_distinct(
                list_append(
                    coalesce(outcomes.supporting_partner_ids, []), outcomes.lead_partner_id
                )
            )
        ) as partner_id,
        is_improved(metrics.better, outcomes.baseline_value, outcomes.followup_value)
            as is_improved
    from visible_outcome_facts($viewer) as outcomes
    left join visible_metrics($viewer) as metrics using (metric_id)
    where
        outcomes.change is not null
        and outcomes.topic_id in (select primary_topic_id from waiting)
),

outcomes_by_partner as (
    select
        topic_id,
        partner_id,
        count(*) as n,
        row_count(is_improved) as outcomes_improved
    from measured
    group by topic_id, partner_id
),

-- Of the cells that are shown alone: no hidden one can be worked out.
outcomes_by_topic as (
    select
        topic_id,
        share_of(sum(outcomes_improved), sum(n)) as share_improved_by_all
    from outcomes_by_partner
    where not is_too_few(n, $suppress_below)
    group by topic_id
),

-- Hours in the planned period, spread evenly over the days of each engagement. One without
-- a planned end, or past it, goes on to the end of the period.
led as (
    select
        lead_partner_id as partner_id,
        hours,
        coalesce(period_on, $as_of::date) as from_on,
        case
            when planned_end_on >= greatest($as_of::date, from_on) then planned_end_on
            else greatest(planned.end_on, from_on)
        end as to_on,
        days_shared(from_on, to_on, planned.start_on, planned.end_on) as days_in_period
    from visible_engagement_facts($viewer)
    cross join planned
    where
        not is_cancelled
        and coalesce(status in ('planned', 'active'), ended_on is null)
),

booked as (
    select
        partner_id,
        sum(hours * days_in_period / (to_on - from_on + 1)) as hours_booked,
        row_count(days_in_period > 0) as engagements_booked,
        row_count(days_in_period > 0 and hours is null) as engagements_booked_without_hours
    from led
    group by partner_id
),

-- What an engagement of the topic usually takes.
usual as (
    select topic_id, grouping(topic_id) = 1 as is_of_all, median(hours) as hours_usual
    from visible_engagement_facts($viewer)
    where not is_cancelled and hours is not null
    group by grouping sets ((topic_id), ())
)

select
    waiting.request_id,
    candidates.partner_id,
    coalesce(candidates.partner_name, candidates.partner_id) as partner_name,
    waiting.primary_topic_id as topic_id,
    topics.topic_name_of[waiting.primary_topic_id] as topic_name,
    waiting.days_waiting,
    -- Null: its expertise is not known.
    case
        when coalesce(len(candidates.topic_ids), 0) = 0 then null
        when list_contains(candidates.topic_ids, waiting.primary_topic_id) then 'primary'
        when list_has_any(candidates.topic_ids, waiting.topic_ids) then 'other'
        else 'none'
    end as expertise,
    joined_names(
        list_filter(
            waiting.topic_ids, lambda topic: list_contains(candidates.topic_ids, topic)
        ),
        topics.topic_name_of
    ) as topics_of_expertise,
    case
        when not coalesce(is_too_few(outcomes.n, $suppress_below), false)
            then coalesce(outcomes.n, 0)
    end as n,
    case
        when not is_too_few(outcomes.n, $suppress_below) then outcomes.outcomes_improved
    end as outcomes_improved,
    of_all.share_improved_by_all,
    coalesce(is_too_few(outcomes.n, $suppress_below), false) as is_suppressed,
    nearest.miles_from_work,
    coalesce(places_of_work.places_of_work, 0) as places_of_work,
    miles_between(
        waiting.latitude, waiting.longitude,
        candidates.base_latitude, candidates.base_longitude
    ) as miles_from_base,
    candidates.base_city,
    candidates.base_state,
    waiting.agency_type,
    waiting.size_band,
    coalesce(served_alike.engagements, 0)::bigint as engagements,
    case
        when waiting.agency_type is not null
            then coalesce(served_alike.engagements_of_type, 0)::bigint
    end as engagements_of_type,
    case
        -- 9 is not reported.
        when waiting.band_order <> 9
            then coalesce(served_alike.engagements_of_size, 0)::bigint
    end as engagements_of_size,
    candidates.capacity_hours_per_quarter * planned.days / (365.25 / 4)
        as hours_of_capacity,
    coalesce(booked.hours_booked, 0) as hours_booked,
    coalesce(booked.engagements_booked, 0) as engagements_booked,
    coalesce(booked.engagements_booked_without_hours, 0)
        as engagements_booked_without_hours,
    coalesce(of_topic.hours_usual, of_any.hours_usual) as hours_usual,
    planned.start_on,
    planned.end_on,
    planned.days as days_planned,
    days_shared(
        coalesce(candidates.effective_from_on, planned.start_on),
        coalesce(candidates.effective_to_on, planned.end_on),
        planned.start_on,
        planned.end_on
    ) as days_selected,
    candidates.effective_from_on,
    candidates.effective_to_on
from waiting
cross join candidates
cross join planned
cross join topic_names($viewer) as topics
left join outcomes_by_partner as outcomes
    on outcomes.partner_id = candidates.partner_id
    and outcomes.topic_id = waiting.primary_topic_id
left join outcomes_by_topic as of_all on of_all.topic_id = waiting.primary_topic_id
left join nearest
    on nearest.request_id = waiting.request_id
    and nearest.partner_id = candidates.partner_id
left join places_of_work on places_of_work.partner_id = candidates.partner_id
left join served_alike
    on served_alike.partner_id = candidates.partner_id
    and served_alike.agency_type is not distinct from waiting.agency_type
    and served_alike.band_order = waiting.band_order
left join booked on booked.partner_id = candidates.partner_id
left join usual as of_topic
    on not of_topic.is_of_all
    and of_topic.topic_id = waiting.primary_topic_id
left join usual as of_any on of_any.is_of_all
order by waiting.days_waiting desc, waiting.request_id, candidates.partner_id
