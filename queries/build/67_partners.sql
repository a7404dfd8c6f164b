-- Partners: what is next of their engagements, what is late, and what is near their work.

-- Planned or under way. Without a status: unless it has ended.
create or replace macro is_open_engagement(in_status, in_ended_on) as
    coalesce(in_status in ('planned', 'active'), in_ended_on is null);

-- Whether it is known to have begun.
create or replace macro is_begun(in_status, in_started_on) as
    in_started_on is not null or coalesce(in_status = 'active', false);

-- Late is past the planned end and not ended (days_past_end, as in what needs attention),
-- or past the planned start and not begun.
create or replace macro days_past_start(
    in_status, in_planned_start_on, in_started_on, in_ended_on, in_as_of
) as
    case
        when
            coalesce(in_status = 'planned', true)
            and in_started_on is null
            and in_ended_on is null
            then days_over(in_planned_start_on, 0, in_as_of)
    end;

-- The last day on which a follow-up is in time: see days_without_followup.
create or replace macro followup_due_on(in_ended_on) as in_ended_on + 180;

-- The open engagements, whatever the period, with what is next of each and whether that
-- is late. What has no day of its start has its planned start as its day.
create or replace macro open_engagements(in_viewer, in_filters, in_as_of) as table
select
    *,
    days_past_start(status, period_on, started_on, ended_on, in_as_of)
        as days_past_start,
    days_past_end(status, planned_end_on, ended_on, in_as_of) as days_past_end,
    -- Of the two, the one that is known.
    greatest(
        days_past_start(status, period_on, started_on, ended_on, in_as_of),
        days_past_end(status, planned_end_on, ended_on, in_as_of)
    ) as days_late,
    case
        when not is_begun(status, started_on) and period_on is not null then 'start'
        else 'end'
    end as next_step,
    case
        when not is_begun(status, started_on) and period_on is not null then period_on
        else planned_end_on
    end as next_on
from engagements_of_any_period(in_viewer, in_filters)
where is_open_engagement(status, ended_on);

-- Partners with where their base is: its own place, else the middle of its city.
create or replace macro placed_partners(in_viewer) as table
select
    partners.* exclude (base_latitude, base_longitude),
    case when is_place(partners.base_latitude, partners.base_longitude)
        then partners.base_latitude else cities.latitude
    end as base_latitude,
    case when is_place(partners.base_latitude, partners.base_longitude)
        then partners.base_longitude else cities.longitude
    end as base_longitude
from visible_partners(in_viewer) as partners
left join facts_of_middles as cities
    on cities.middle_of = 'city'
    and cities.state = partners.base_state
    and cities.name = lower(trim(partners.base_city));

-- The partner that is looking. For those who see all: every partner.
create or replace macro own_partners(in_viewer) as table
select *
from visible_partners(in_viewer)
where may_see_all(in_viewer) or partner_id = in_viewer['partner_id'];

create or replace macro topics_of_expertise(in_viewer) as table
select distinct unnest(topic_ids) as topic_id
from own_partners(in_viewer);

-- Work of now: not canceled, and open or of the past 365 days.
create or replace macro is_current_work(
    in_is_cancelled, in_status, in_period_on, in_ended_on, in_as_of
) as
    not in_is_cancelled
    and (
        is_open_engagement(in_status, in_ended_on)
        or coalesce(
            coalesce(in_ended_on, in_period_on) > in_as_of::date - 365, false
        )
    );

-- Where each partner is: the state of its base, and those of its current work.
create or replace macro partner_states(in_viewer, in_as_of) as table
with at_work as (
    select
        unnest(list_append(supporting_partner_ids, lead_partner_id)) as partner_id,
        agency_code
    from visible_engagement_facts(in_viewer)
    where is_current_work(is_cancelled, status, period_on, ended_on, in_as_of)
)

select partner_id, state
from at_work
join facts_of_agencies using (agency_code)
where partner_id is not null and state is not null
union
select partner_id, base_state
from visible_partners(in_viewer)
where base_state is not null;

-- Near the work of who is looking: the states where it is, and those of their divisions.
create or replace macro near_states(in_viewer, in_as_of) as table
with own as (
    select distinct state
    from partner_states(in_viewer, in_as_of)
    where partner_id in (select partner_id from own_partners(in_viewer))
),

divisions as (
    select distinct division
    from visible_states(in_viewer)
    where state in (select state from own)
)

select
    state,
    state_name,
    state in (select state from own) as is_own_state
from visible_states(in_viewer)
where division in (select division from divisions);

-- The quarters published last.
create or replace macro newest_quarters(in_viewer, in_many) as table
select quarter
from (
    select distinct quarter, quarter_from_on
    from visible_published_totals(in_viewer)
)
qualify row_number() over (order by quarter_from_on desc, quarter) <= in_many;

-- Of a list of partners, those chosen. A value that is no list is refused where engagements
-- are chosen: in one place, so that what DuckDB says of it depends on no row.
create or replace macro is_listed_partner(in_filters, in_partner_id) as
    is_chosen(try_cast(in_filters['partners'] as varchar[]), in_partner_id);

-- Whether a partner is one on a day: selected, and the day is in its time as a partner.
create or replace macro is_selected_partner(in_status, in_from_on, in_to_on, in_on) as
    coalesce(in_status = 'selected', false)
    and coalesce(in_from_on <= in_on::date, true)
    and coalesce(in_to_on >= in_on::date, true);

-- The last fiscal quarter that is over on a day: its first day.
create or replace macro last_quarter_from(in_as_of) as
    (date_trunc('quarter', in_as_of::date + 1) - interval 3 month)::date;

-- What was measured of engagements that each partner leads. The share of fewer than
-- in_suppress_below measurements is hidden, and more where it could be worked out.
create or replace macro outcomes_by_lead(in_viewer, in_filters, in_suppress_below) as table
with counted as (
    -- What is better depends on the metric alone: it is looked up after counting.
    select
        lead_or_none(lead_partner_id) as lead_partner_id,
        metric_id,
        count(change) as n,
        row_count(change > 0) as ups,
        row_count(change < 0) as downs
    from outcomes_of_any_period(in_viewer, in_filters)
    where is_in_period(in_filters, period_on)
    group by all
),

measured as (
    select
        lead_partner_id,
        sum(n)::bigint as n,
        sum(better_count(metrics.better, ups, downs))::bigint as outcomes_improved
    from counted
    left join visible_metrics(in_viewer) as metrics using (metric_id)
    group by lead_partner_id
)

select
    lead_partner_id,
    n,
    outcomes_improved,
    is_hidden(n, outcomes_improved, lead_partner_id, in_suppress_below) as is_suppressed
from measured;

-- Accepted requests without an engagement that is not canceled, whenever received, as in
-- what needs attention. A partner knows of its own requests alone, so it gets none.
create or replace macro unassigned_requests(in_viewer, in_filters, in_as_of) as table
select
    *,
    days_without_partner(is_accepted, is_worked_on, received_on, decided_on, in_as_of)
        as days_waiting
from requests_of_any_period(in_viewer, in_filters)
where is_accepted and not is_worked_on and may_see_all(in_viewer);

-- The partners of a day, each with what it knows.
create or replace macro selected_partners(in_viewer, in_on) as table
select
    partner_id,
    coalesce(acronym, partner_id) as short_name,
    coalesce(topic_ids, []) as topic_ids
from visible_partners(in_viewer)
where is_selected_partner(selection_status, effective_from_on, effective_to_on, in_on);
