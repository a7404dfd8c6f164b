-- What everybody may know of requests that are not their own: counts by state and
-- topic of each closed fiscal quarter. Written once and never again, so that no
-- two versions can be subtracted from each other.

create table if not exists published_requests (
    quarter varchar,
    quarter_from_on date,
    quarter_to_on date,
    state varchar,
    topic_id varchar,
    -- null where suppressed: fewer than suppress_below are left once one partner's
    -- own, and what may yet be given to it, are taken off.
    requests bigint,
    is_suppressed boolean,
    suppress_below integer,
    -- The day that "now" meant when the quarter was published.
    as_of_on date,
    published_at timestamptz
);

-- Each topic over all states; null where it would give a suppressed cell away.
create table if not exists published_totals (
    quarter varchar,
    quarter_from_on date,
    quarter_to_on date,
    topic_id varchar,
    requests bigint,
    is_suppressed boolean,
    suppress_below integer,
    as_of_on date,
    published_at timestamptz
);

-- 'FY2026 Q1' is October to December 2025.
create or replace macro fiscal_quarter(in_on) as
    format(
        'FY{} Q{}', fiscal_year(in_on), ((month(in_on) + 2) % 12) // 3 + 1
    );

-- What each partner sees in full (visible_request_rows), so knows and can take off.
create or replace view partner_requests as
select distinct partner_id, request_id
from (
    select
        request_id,
        unnest(list_append(supporting_partner_ids, lead_partner_id)) as partner_id
    from engagements
)
where partner_id <> '' and request_id is not null;

-- Open, and no partner's yet.
create or replace macro may_be_given(
    in_status, in_closed_on, in_request_id
) as
    is_open_request(in_status, in_closed_on)
    and in_request_id not in (select request_id from partner_requests);

-- What is counted: each request once under each topic that it names. One that is
-- open and nobody's may be given to any partner once its quarter is published: it
-- counts as the own of each.
create or replace view topic_requests as
select
    fiscal_quarter(requests.received_on) as quarter,
    requests.request_id,
    agencies.state,
    unnest(list_distinct(requests.topic_ids)) as topic_id,
    may_be_given(
        requests.status, requests.closed_on, requests.request_id
    ) as is_still_to_give
from requests
join agencies using (agency_id)
join states using (state);

-- A threshold of 1 would hide only what is not there: it hides nothing.
create or replace macro is_small_cell(in_count, in_below) as
    in_below > 1 and in_count < in_below;

-- A count may stand where enough are left for whoever knows the most of it.
create or replace macro is_small_to_somebody(
    in_count, in_still_to_give, in_most_of_one, in_below
) as
    is_small_cell(in_count - in_still_to_give - in_most_of_one, in_below);

-- Whether a total may stand over its cells. What the suppressed ones share must
-- itself be no small number to anybody, and must leave each of them free to hold
-- of others anything from none to the largest small number, whatever the rest are.
create or replace macro is_safe_total(
    in_shared, in_still_to_give, in_most_of_one, in_suppressed_cells, in_below
) as
    in_suppressed_cells = 0
    or (
        in_shared - in_still_to_give - in_most_of_one >= in_below
        and in_shared <= (in_suppressed_cells - 1) * (in_below - 1)
    );

-- The same for every viewer that is known.
create or replace macro visible_published_requests(in_viewer) as table
select *
from published_requests
where is_known_viewer(in_viewer);

create or replace macro visible_published_totals(in_viewer) as table
select *
from published_totals
where is_known_viewer(in_viewer);
