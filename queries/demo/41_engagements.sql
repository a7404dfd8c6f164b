-- Engagements: mostly one, and at most three, for each request with an assigned partner, one
-- after another during its delivery. Their IDs contain the request's number.
insert into engagements by name
with answered as (
    select
        requests.request_id,
        requests.status as request_status,
        requests.assigned_on,
        requests.delivery_started_on,
        requests.closed_on,
        requests.topic_ids,
        agencies.agency_type,
        agencies.city,
        agencies.county,
        agencies.latitude,
        agencies.longitude,
        coalesce(agencies.sworn_officers, 20) as sworn,
        calendar.era_no,
        calendar.is_remote,
        (select as_of_on from store_info) as as_of_on,
        demo_chance($seed, request_id, 'engagements') as luck
    from requests
    left join agencies using (agency_id)
    left join demo_calendar as calendar on calendar.day_on = requests.assigned_on
    where requests.assigned_on is not null
),

counted as (
    select
        *,
        case
            when request_status = 'assigned' and luck < 0.12 then 0
            when luck < 0.76 then 1
            when luck < 0.945 then 2
            else 3
        end as engagements,
        case request_status
            when 'completed' then greatest(
                14,
                closed_on - delivery_started_on
                - floor(5 + 25 * demo_chance($seed, request_id, 'report'))::integer
            )
            else as_of_on - delivery_started_on
                + floor(5 + 150 * demo_chance($seed, request_id, 'left'))::integer
        end as days_of_delivery
    from answered
),

numbered as (
    select
        *,
        unnest(range(1, engagements + 1))::integer as engagement_order
    from counted
),

keyed as (
    select
        *,
        'E' || request_id[2:] || '-' || engagement_order as engagement_id,
        demo_chance($seed, engagement_id, 'topic') as topic_luck,
        demo_chance($seed, engagement_id, 'mode') as mode_luck,
        demo_chance($seed, engagement_id, 'planned') as plan_luck,
        demo_chance($seed, engagement_id, 'cancelled') as cancel_luck,
        demo_chance($seed, engagement_id, 'site') as site_luck,
        -- The first engagement has the primary topic, the others have the next topics.
        topic_ids[
            1 + (
                engagement_order - 1 + (topic_luck > 0.85)::integer
            ) % len(topic_ids)
        ] as effective_topic_id,
        case
            when delivery_started_on is null then demo_workday(
                assigned_on + demo_days_around(34, 0.6, $seed, engagement_id, 'start')
            )
            when engagement_order = 1 then delivery_started_on
            else demo_workday(
                delivery_started_on
                + (days_of_delivery * (engagement_order - 1) // engagements)::integer
            )
        end as start_on
    from numbered
),

dated as (
    select
        *,
        demo_workday(
            start_on + case
                when delivery_started_on is null
                    then demo_days_around(70, 0.6, $seed, engagement_id, 'length')
                else floor(
                    days_of_delivery / engagements * case
                        when request_status = 'in_delivery' then 1
                        else 0.7 + 0.27 * demo_chance($seed, engagement_id, 'length')
                    end
                )::integer
            end
        ) as latest_end_on
    from keyed
),

staged as (
    select
        *,
        case
            when closed_on is null then latest_end_on
            else greatest(start_on, least(latest_end_on, closed_on))
        end as end_on,
        case
            when request_status = 'withdrawn' then 'cancelled'
            when engagement_order > 1 and cancel_luck < 0.18 then 'cancelled'
            when request_status = 'assigned' and cancel_luck > 0.96 then 'cancelled'
            when delivery_started_on is null or start_on > as_of_on then 'planned'
            when latest_end_on > as_of_on and closed_on is null then 'active'
            else 'completed'
        end as status,
        status in ('active', 'completed') as is_started,
        -- Much longer than usual: without activity for months.
        status = 'active' and as_of_on - start_on > 330 as is_stalled,
        case
            when is_remote and mode_luck < 0.36 then 'web_training'
            when is_remote and mode_luck < 0.58 then 'virtual_coaching'
            when mode_luck < 0.25 then 'in_person_training'
            when mode_luck < 0.35 then 'web_training'
            when mode_luck < 0.43 then 'train_the_trainer'
            when mode_luck < 0.51 then 'virtual_coaching'
            when mode_luck < 0.68 then 'on_site_consultation'
            when mode_luck < 0.75 then 'peer_exchange'
            when mode_luck < 0.83 then 'policy_review'
            when mode_luck < 0.89 then 'meeting_facilitation'
            when mode_luck < 0.95 then 'resource_referral'
            else 'analysis'
        end as delivery_mode,
        delivery_mode in (
            'in_person_training', 'train_the_trainer', 'on_site_consultation',
            'peer_exchange', 'meeting_facilitation'
        ) as is_in_person,
        delivery_mode in ('web_training', 'virtual_coaching')
        or (delivery_mode in ('meeting_facilitation', 'policy_review') and site_luck > 0.6)
            as is_virtual,
        is_in_person and site_luck < 0.4 as is_at_site
    from dated
),

led as (
    select
        staged.*,
        leads.partner_id as lead_partner_id,
        list_filter(
            [
                case
                    when demo_chance($seed, engagement_id, 'supported') < 0.28
                        then first_supports.partner_id
                end,
                case
                    when demo_chance($seed, engagement_id, 'supported') < 0.07
                        and second_supports.partner_id <> first_supports.partner_id
                        then second_supports.partner_id
                end
            ],
            lambda partner: partner <> leads.partner_id
        ) as supporting
    from staged
    left join demo_partner_slots as leads
        on
            leads.era_no = staged.era_no
            and leads.topic_id = staged.effective_topic_id
            and leads.agency_type = staged.agency_type
            and leads.slot = floor(100 * demo_chance($seed, engagement_id, 'lead'))::bigint
    -- Supporting partners must offer training, and each era has such partners.
    left join demo_partner_slots as first_supports
        on
            first_supports.era_no = staged.era_no
            and first_supports.topic_id = 'training'
            and first_supports.agency_type = staged.agency_type
            and first_supports.slot
            = floor(100 * demo_chance($seed, engagement_id, 'first'))::bigint
    left join demo_partner_slots as second_supports
        on
            second_supports.era_no = staged.era_no
            and second_supports.topic_id = 'officer-wellness'
            and second_supports.agency_type = staged.agency_type
            and second_supports.slot
            = floor(100 * demo_chance($seed, engagement_id, 'second'))::bigint
)

select
    engagement_id,
    request_id,
    lead_partner_id,
    case when topic_luck >= 0.08 then effective_topic_id end as topic_id,
    delivery_mode,
    status,
    demo_workday(start_on - floor(18 * plan_luck - 6)::integer) as planned_start_on,
    greatest(
        demo_workday(start_on - floor(18 * plan_luck - 6)::integer),
        demo_workday(
            case when is_stalled then start_on + 120 else end_on end
            + floor(45 * demo_chance($seed, engagement_id, 'end') - 25)::integer
        )
    ) as planned_end_on,
    case when is_started then start_on end as started_on,
    case when status = 'completed' then end_on end as ended_on,
    case
        when status = 'completed' then end_on
        when is_stalled
            then start_on + demo_days_around(90, 0.4, $seed, engagement_id, 'activity')
        when status = 'active' then greatest(
            start_on,
            as_of_on - demo_days_around(13, 1.0, $seed, engagement_id, 'activity')
        )
    end as last_activity_on,
    case
        when status <> 'cancelled' and demo_chance($seed, engagement_id, 'hours') >= 0.03
            then least(
                400,
                greatest(
                    2,
                    round(
                        case delivery_mode
                            when 'resource_referral' then 5
                            when 'on_site_consultation' then 38
                            when 'analysis' then 44
                            when 'policy_review' then 30
                            when 'train_the_trainer' then 34
                            else 22
                        end
                        * exp(0.75 * demo_normal($seed, engagement_id, 'hours'))
                        * 2
                    ) / 2
                )
            )
    end as hours,
    case
        when is_started and is_in_person
            then least(
                400,
                3 + round(
                    6 * pow(sworn, 0.3)
                    * exp(0.6 * demo_normal($seed, engagement_id, 'people'))
                )
            )::integer
        when is_started and is_virtual then 0
    end as participants_in_person,
    case
        when is_started and is_virtual
            then least(
                900,
                2 + round(
                    7 * pow(sworn, 0.35)
                    * exp(0.7 * demo_normal($seed, engagement_id, 'online'))
                )
            )::integer
        when is_started and is_in_person then 0
    end as participants_virtual,
    case
        when is_at_site
            then case
                when site_luck < 0.10 then city || ' Police Training Center'
                when site_luck < 0.18 then city || ' Community Center'
                when site_luck < 0.25 then city || ' City Hall'
                when site_luck < 0.32
                    then coalesce(county, city) || ' Emergency Operations Center'
                else city || ' Public Library'
            end
    end as site_name,
    case
        when is_at_site and site_luck < 0.32
            then round(
                latitude + 0.08 * (demo_chance($seed, engagement_id, 'north') - 0.5), 4
            )
    end as latitude,
    case
        when is_at_site and site_luck < 0.32
            then round(
                longitude + 0.08 * (demo_chance($seed, engagement_id, 'east') - 0.5), 4
            )
    end as longitude,
    case when len(supporting) > 0 then supporting end as supporting_partner_ids
from led;
