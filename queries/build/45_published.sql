-- What everybody may know of requests that are not their own: counts by state and
-- topic of each closed fiscal quarter. Written once and never again, so that no
-- two versions can be subtracted from each other.

create table if not exists published_requests (
    quarter varchar,
    quarter_from_on date,
    quarter_to_on date,
    state varchar,
    topic_id varchar,
    -- null where suppressed: fewer than suppress_below, none included.
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

-- A threshold of 1 would hide only what is not there: it hides nothing.
create or replace macro is_small_cell(in_count, in_below) as
    in_below > 1 and in_count < in_below;

-- Whether a total may stand over its cells. What the suppressed ones share must
-- itself be no small number, and must leave each of them free to be anything
-- from none to the largest small number, whatever the others are.
create or replace macro is_safe_total(in_shared, in_suppressed_cells, in_below) as
    in_suppressed_cells = 0
    or in_shared between in_below and (in_suppressed_cells - 1) * (in_below - 1);

-- The same for every viewer that is known.
create or replace macro visible_published_requests(
    in_viewer_role, in_viewer_partner
) as table
select *
from published_requests
where is_known_viewer(in_viewer_role, in_viewer_partner);

create or replace macro visible_published_totals(
    in_viewer_role, in_viewer_partner
) as table
select *
from published_totals
where is_known_viewer(in_viewer_role, in_viewer_partner);
