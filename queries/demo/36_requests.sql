-- Requests, from first contact to closing, with their state on the as-of date. One draw
-- decides the course of each: 8% declined, 6% withdrawn, a few stuck at each stage, and all
-- others delivered. Left joins, here and below, keep their order: rows of the same
-- transaction have no statistics, and the planner would multiply tables that it thinks
-- are empty.
insert into requests by name
with drawn as (
    select
        arrivals.*,
        askers.agency_id,
        askers.topic_class,
        (select as_of_on from store_info) as as_of_on,
        'R-' || fiscal_year || '-' || lpad(
            number_in_year::varchar,
            greatest(5, len($requests::varchar))::integer,
            '0'
        ) as request_id,
        demo_chance($seed, request_no, 'fate') as fate,
        -- The office was slower in 2020 and 2021 and is faster now.
        [0.95, 1.0, 1.3, 1.25, 1.1, 1.0, 0.95, 0.9, 0.85][fiscal_year - 2017] as pace,
        case when fiscal_year < 2020 then 1 when fiscal_year < 2022 then 2 else 3 end
            as period,
        floor(250 * demo_chance($seed, request_no, 'pattern'))::bigint as pattern_no,
        floor(54 * demo_chance($seed, request_no, 'summary'))::bigint as summary_no
    from demo_arrivals as arrivals
    left join demo_askers as askers
        on askers.slot = arrivals.asker_slot
),

worded as (
    select drawn.*, patterns.topic_ids, summaries.summary
    from drawn
    left join demo_topic_patterns as patterns
        on
            patterns.topic_class = drawn.topic_class
            and patterns.period = drawn.period
            and patterns.pattern_no = drawn.pattern_no
    left join demo_summaries as summaries
        on
            summaries.topic_id = patterns.topic_ids[1]
            and summaries.summary_no = drawn.summary_no
),

decided as (
    select
        *,
        case
            when fate < 0.08 then 'declined'
            when fate < 0.11 then 'withdrawn early'
            when fate < 0.14 then 'withdrawn late'
            when fate < 0.144 then 'never decided'
            when fate < 0.150 then 'never assigned'
            when fate < 0.155 then 'never started'
            when fate < 0.160 then 'never finished'
            else 'delivered'
        end as course,
        demo_workday(
            received_on + demo_days_around(21 * pace, 0.6, $seed, request_no, 'decide')
        ) as decision_on,
        received_on + demo_days_around(35, 0.7, $seed, request_no, 'withdraw')
            as early_on
    from worded
),

assigned as (
    select
        *,
        demo_workday(
            decision_on + demo_days_around(29 * pace, 0.6, $seed, request_no, 'assign')
        ) as assignment_on,
        demo_workday(
            decision_on + demo_days_around(45, 0.6, $seed, request_no, 'withdraw')
        ) as late_on
    from decided
),

started as (
    select
        *,
        demo_workday(
            assignment_on + demo_days_around(34, 0.6, $seed, request_no, 'start')
        ) as start_on,
        least(
            300, 29 + demo_days_around(95, 0.65, $seed, request_no, 'duration')
        ) as days_of_delivery
    from assigned
),

-- The final state of the request ...
planned as (
    select
        *,
        case
            when course not in ('withdrawn early', 'never decided') then decision_on
        end as will_be_decided_on,
        case
            when
                course in ('never started', 'never finished', 'delivered')
                or (course = 'withdrawn late' and assignment_on <= late_on)
                then assignment_on
        end as will_be_assigned_on,
        case when course in ('never finished', 'delivered') then start_on end
            as will_be_started_on,
        case course
            when 'declined' then decision_on
            when 'withdrawn early' then demo_workday(early_on)
            when 'withdrawn late' then late_on
            when 'delivered' then demo_workday(start_on + days_of_delivery)
        end as will_be_closed_on
    from started
),

-- ... and its state on the as-of date.
happened as (
    select
        *,
        case when will_be_decided_on <= as_of_on then will_be_decided_on end
            as decided_on,
        case when will_be_assigned_on <= as_of_on then will_be_assigned_on end
            as assigned_on,
        case when will_be_started_on <= as_of_on then will_be_started_on end
            as delivery_started_on,
        case when will_be_closed_on <= as_of_on then will_be_closed_on end
            as closed_on
    from planned
)

select
    request_id,
    agency_id,
    case
        when demo_chance($seed, request_no, 'inquiry known') < 0.85
            then demo_workday(
                received_on
                - demo_days_around(9, 0.9, $seed, request_no, 'inquiry') % 120
            )
    end as inquiry_on,
    received_on,
    case
        when closed_on is not null and course = 'declined' then 'declined'
        when closed_on is not null and course <> 'delivered' then 'withdrawn'
        when closed_on is not null then 'completed'
        when delivery_started_on is not null then 'in_delivery'
        when assigned_on is not null then 'assigned'
        when decided_on is not null then 'accepted'
        when
            as_of_on - received_on
            > 3 + 9 * demo_chance($seed, request_no, 'review')
            then 'under_review'
        else 'received'
    end as status,
    decided_on,
    assigned_on,
    delivery_started_on,
    closed_on,
    case
        when closed_on is null or demo_chance($seed, request_no, 'reason known') < 0.06
            then null
        when course = 'declined' then demo_pick(
            [
                'Outside the topics of the program', 'Agency not eligible',
                'Referred to another program', 'Referred to another program',
                'No partner with capacity', 'Asked for equipment or funding',
                'Same need as an open request'
            ],
            demo_chance($seed, request_no, 'reason')
        )
        when course in ('withdrawn early', 'withdrawn late') then demo_pick(
            [
                'New chief executive, other priorities', 'No staff time',
                'No staff time', 'Help found elsewhere',
                'Governing body did not approve', 'No reply from the agency'
            ],
            demo_chance($seed, request_no, 'reason')
        )
        else demo_pick(
            [
                'Assistance delivered', 'Assistance delivered', 'Assistance delivered',
                'Delivered, follow-up agreed', 'Delivered in part'
            ],
            demo_chance($seed, request_no, 'reason')
        )
    end as closed_reason,
    case
        when demo_chance($seed, request_no, 'source known') >= 0.05 then demo_pick(
            [
                'COPS Office website', 'COPS Office website', 'COPS Office website',
                'COPS Office website', 'COPS Office website', 'COPS Office website',
                'Partner referral', 'Partner referral', 'Partner referral',
                'Partner referral', 'Conference', 'Conference', 'Peer agency',
                'Peer agency', 'Peer agency', 'State association',
                'COPS Office newsletter', 'Earlier request'
            ],
            demo_chance($seed, request_no, 'source')
        )
    end as source,
    summary,
    topic_ids
from happened;
