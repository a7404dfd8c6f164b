-- Outcomes of 70% of completed engagements: one to three metrics that fit the topic, some not
-- yet followed up, and a few without a baseline.
insert into outcomes by name
with measured as (
    select
        engagements.engagement_id,
        engagements.started_on,
        engagements.ended_on,
        coalesce(engagements.topic_id, requests.topic_ids[1]) as topic_id,
        greatest(
            engagements.participants_in_person, engagements.participants_virtual
        ) as participants,
        coalesce(agencies.sworn_officers, 20) as sworn,
        (select as_of_on from store_info) as as_of_on,
        demo_chance($seed, engagement_id, 'metrics') as luck
    from engagements
    left join requests using (request_id)
    left join agencies using (agency_id)
    where
        engagements.status = 'completed'
        and demo_chance($seed, engagement_id, 'measured') < 0.7
),

numbered as (
    select
        measured.*,
        counts.metrics,
        floor(
            counts.metrics * demo_chance($seed, engagement_id, 'first metric')
        )::bigint as first_metric,
        unnest(
            range(case when luck < 0.45 then 1 when luck < 0.80 then 2 else 3 end)
        ) as outcome_order
    from measured
    left join (
        select topic_id, count(*) as metrics
        from demo_topic_metrics
        group by topic_id
    ) as counts using (topic_id)
),

keyed as (
    select
        numbered.*,
        'O' || engagement_id[2:] || '-' || (outcome_order + 1) as outcome_id,
        chosen.metric_id,
        metrics.unit,
        metrics.better,
        levels.typical,
        levels.spread,
        levels.effect,
        levels.effect_spread,
        levels.decimals,
        metrics.unit in ('percent', 'score_1_to_5') as is_in_points,
        case
            when metrics.unit = 'count' or metrics.metric_id = 'days-lost'
                then pow(sworn / 50, 0.85)
            else 1
        end as scale,
        demo_normal($seed, outcome_id, 'before') as before_luck,
        demo_normal($seed, outcome_id, 'after') as after_luck,
        demo_chance($seed, outcome_id, 'baseline known') as baseline_known,
        demo_chance($seed, outcome_id, 'target') as target_luck,
        -- A course is seldom rated before it is held.
        baseline_known >= case metrics.level when 'reaction' then 0.3 else 0.03 end
            as is_baseline_known,
        demo_chance($seed, outcome_id, 'followed up') >= 0.20 as has_followup,
        ended_on + demo_days_around(
            case metrics.level
                when 'reaction' then 5
                when 'learning' then 20
                else 140
            end,
            0.4, $seed, outcome_id, 'followup'
        ) as will_be_followed_up_on
    from numbered
    left join demo_topic_metrics as chosen
        on
            chosen.topic_id = numbered.topic_id
            and chosen.metric_order = (first_metric + outcome_order) % numbered.metrics
    left join metrics on metrics.metric_id = chosen.metric_id
    left join demo_metric_levels as levels on levels.metric_id = chosen.metric_id
),

valued as (
    select
        *,
        case
            when is_in_points then typical + spread * before_luck
            else scale * typical * exp(spread * before_luck)
        end as before_value,
        case
            when is_in_points then before_value + effect + effect_spread * after_luck
            else before_value * exp(effect + effect_spread * after_luck)
        end as after_value,
        case
            when is_in_points
                then before_value + (0.5 + target_luck) * case unit
                    when 'percent' then 10
                    else 0.3
                end * case better when 'higher' then 1 else -1 end
            else before_value * case better
                when 'higher' then 1.05 + 0.25 * target_luck
                else 0.95 - 0.2 * target_luck
            end
        end as aim_value,
        case unit when 'score_1_to_5' then 1 else 0 end as lowest,
        case unit
            when 'score_1_to_5' then 5
            when 'percent' then 100
            else 1000000
        end as highest,
        has_followup and will_be_followed_up_on <= as_of_on as is_followed_up,
        -- An outcome has a baseline or a follow-up, or both.
        is_baseline_known or not is_followed_up as has_baseline,
        case
            when unit = 'score_1_to_5' and metric_id = 'community-trust'
                then 150 + floor(
                    850 * demo_chance($seed, outcome_id, 'invited')
                )::integer
            when unit = 'score_1_to_5'
                then greatest(
                    3,
                    coalesce(
                        nullif(participants, 0), least(sworn, 400)
                    )
                )::integer
        end as invited
    from keyed
)

select
    outcome_id,
    engagement_id,
    metric_id,
    case
        when has_baseline
            then round(least(highest, greatest(lowest, before_value)), decimals)
    end as baseline_value,
    case
        when has_baseline
            then demo_workday(
                started_on - 3
                - floor(30 * demo_chance($seed, outcome_id, 'baseline on'))::integer
            )
    end as baseline_on,
    case
        when is_followed_up
            then round(least(highest, greatest(lowest, after_value)), decimals)
    end as followup_value,
    case when is_followed_up then will_be_followed_up_on end as followup_on,
    case
        when demo_chance($seed, outcome_id, 'has target') < 0.8
            then round(least(highest, greatest(lowest, aim_value)), decimals)
    end as target_value,
    invited as respondents_invited,
    round(
        invited * (0.3 + 0.6 * demo_chance($seed, outcome_id, 'responded'))
    )::integer as respondents_responded
from valued;
