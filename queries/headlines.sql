-- The eight numbers to see first, for the chosen period, and how each changed
-- from the period before.
-- key: headline
-- params: viewer, filters, as_of, suppress_below
-- ignores: partners, statuses
with windows as (
    select
        last_day_of($filters, $as_of) as last_day_on,
        recent_from($filters, $as_of) as recent_from_on,
        recent_to($filters, $as_of) as recent_to_on,
        before_from($filters, $as_of) as before_from_on,
        before_to($filters, $as_of) as before_to_on
),

asked as (
    -- Each number is counted three times: as chosen, recently, and before.
    select
        *,
        is_in_period($filters, received_on) as is_chosen,
        received_on between recent_from_on and recent_to_on as is_recent,
        received_on between before_from_on and before_to_on as is_before
    from requests_of_any_period($viewer, $filters)
    cross join windows
),

delivered as (
    select
        *,
        is_in_period($filters, period_on) as is_chosen,
        period_on between recent_from_on and recent_to_on as is_recent,
        period_on between before_from_on and before_to_on as is_before
    from engagements_of_any_period($viewer, $filters)
    cross join windows
),

measured as (
    select
        outcomes.*,
        metrics.better,
        is_in_period($filters, period_on) as is_chosen,
        period_on between recent_from_on and recent_to_on as is_recent,
        period_on between before_from_on and before_to_on as is_before
    from outcomes_of_any_period($viewer, $filters) as outcomes
    left join visible_metrics($viewer) as metrics
        using (metric_id)
    cross join windows
),

amounts_of_requests as (
    select
        [
            row_count(is_chosen),
            row_count(is_recent),
            row_count(is_before)
        ]::double[] as requests,
        [
            different_count(agency_code, is_chosen),
            different_count(agency_code, is_recent),
            different_count(agency_code, is_before)
        ]::double[] as agencies_with_requests,
        [
            share_of_rows(is_small_agency, is_chosen),
            share_of_rows(is_small_agency, is_recent),
            share_of_rows(is_small_agency, is_before)
        ] as share_of_requests_from_small_agencies,
        [
            backlog_count(
                received_on, closed_on, is_open,
                last_day_on, $as_of
            ),
            backlog_count(
                received_on, closed_on, is_open,
                recent_to_on, $as_of
            ),
            backlog_count(
                received_on, closed_on, is_open,
                before_to_on, $as_of
            )
        ]::double[] as requests_backlog,
        [
            median_days(days_to_decided, is_chosen),
            median_days(days_to_decided, is_recent),
            median_days(days_to_decided, is_before)
        ] as median_days_to_decided,
        [
            median_days(days_to_delivery_started, is_chosen),
            median_days(days_to_delivery_started, is_recent),
            median_days(days_to_delivery_started, is_before)
        ] as median_days_to_delivery_started
    from asked
),

amounts_of_engagements as (
    select
        [
            engagement_count(status, is_chosen),
            engagement_count(status, is_recent),
            engagement_count(status, is_before)
        ]::double[] as engagements
    from delivered
),

-- Each share beside its n, by which it may have to be hidden.
shares_improved as (
    select
        [
            {
                'share': share_improved(
                    better, baseline_value, followup_value, is_chosen
                ),
                'n': pair_count(baseline_value, followup_value, is_chosen)
            },
            {
                'share': share_improved(
                    better, baseline_value, followup_value, is_recent
                ),
                'n': pair_count(baseline_value, followup_value, is_recent)
            },
            {
                'share': share_improved(
                    better, baseline_value, followup_value, is_before
                ),
                'n': pair_count(baseline_value, followup_value, is_before)
            }
        ] as shares
    from measured
),

amounts_of_outcomes as (
    select
        list_transform(
            shares,
            lambda one:
                case when not is_too_few(one.n, $suppress_below) then one.share end
        ) as share_of_outcomes_improved
    from shares_improved
),

amounts as (
    select headline, amount
    from (
        from amounts_of_requests, amounts_of_engagements, amounts_of_outcomes
    ) unpivot (amount for headline in (columns(*)))
),

changed as (
    select
        headline,
        amount[1] as value,
        -- Nothing to compare with is no change of zero.
        case
            when recent_from_on is not null
                then amount[2] - amount[3]
        end as value_change,
        amount[3] as before,
        windows.*
    from amounts
    cross join windows
),

headline_orders as (
    select * from (values
        (1, 'requests'),
        (2, 'agencies_with_requests'),
        (3, 'share_of_requests_from_small_agencies'),
        (4, 'requests_backlog'),
        (5, 'median_days_to_decided'),
        (6, 'median_days_to_delivery_started'),
        (7, 'engagements'),
        (8, 'share_of_outcomes_improved')
    ) as orders(headline_order, headline)
)

select
    headline,
    headline_order,
    value,
    value_change,
    share_of(value_change, before) as share_of_change,
    last_day_on as until_on,
    recent_from_on,
    recent_to_on,
    before_from_on,
    before_to_on
from changed
join headline_orders using (headline)
where is_known_viewer($viewer)
order by headline_order
