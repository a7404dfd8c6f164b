-- Outcomes in whose ID each word of the text occurs, or in the ID or name of their
-- engagement, agency, or metric.
with described as (
    select
        outcomes.outcome_id,
        agencies.agency_name,
        metrics.metric_name,
        outcomes.baseline_on,
        outcomes.followup_on,
        concat_ws(
            ' ',
            outcomes.outcome_id,
            outcomes.engagement_id,
            agencies.agency_id,
            agencies.agency_name,
            metrics.metric_id,
            metrics.metric_name
        ) as searched
    from outcomes
    left join engagements using (engagement_id)
    left join requests using (request_id)
    left join agencies using (agency_id)
    left join metrics using (metric_id)
)
select * exclude (searched)
from described
where has_each_word(searched, $text)
order by followup_on desc nulls last, outcome_id
limit $row_limit
