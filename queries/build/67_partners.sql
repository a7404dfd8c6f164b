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
