-- Rows that break the rule of the published table: the fault, number, and first of them.
with cells as (
    select
        *,
        count(*) over (partition by quarter, state, topic_id) as times,
        count(distinct suppress_below) over (partition by quarter) as thresholds
    from published_requests
),

columns_of_cells as (
    select
        quarter,
        topic_id,
        coalesce(sum(requests), 0)::bigint as requests_shown,
        row_count(is_suppressed) as suppressed_cells,
        count(*) as cells,
        count(distinct state) as states,
        any_value(suppress_below) as suppress_below
    from published_requests
    group by quarter, topic_id
),

whole as (
    select quarter, max(cells) as cells
    from columns_of_cells
    group by quarter
),

totals as (
    select
        published_totals.*,
        columns_of_cells.requests_shown,
        columns_of_cells.suppressed_cells,
        columns_of_cells.suppress_below as suppress_below_of_cells,
        count(*) over (partition by quarter, topic_id) as times
    from published_totals
    left join columns_of_cells using (quarter, topic_id)
),

faults as (
    select 'a cell more than once' as what, quarter, topic_id
    from cells
    where times > 1
    union all
    select 'a cell that is neither shown nor suppressed' as what, quarter, topic_id
    from cells
    where is_suppressed is distinct from (requests is null)
    union all
    select 'a cell that shows a small number' as what, quarter, topic_id
    from cells
    where requests < 0 or is_small_cell(requests, suppress_below)
    union all
    select 'two thresholds in one quarter' as what, quarter, topic_id
    from cells
    where thresholds > 1
    union all
    select 'cells missing' as what, quarter, topic_id
    from columns_of_cells
    join whole using (quarter)
    where columns_of_cells.cells < whole.cells
    union all
    select 'cells without their total' as what, quarter, topic_id
    from columns_of_cells
    where (quarter, topic_id) not in (select (quarter, topic_id) from published_totals)
    union all
    select 'a total without its cells' as what, quarter, topic_id
    from totals
    where suppressed_cells is null
    union all
    select 'a total more than once' as what, quarter, topic_id
    from totals
    where times > 1
    union all
    select 'a total that is neither shown nor suppressed' as what, quarter, topic_id
    from totals
    where is_suppressed is distinct from (requests is null)
    union all
    select 'a total of another threshold than its cells' as what, quarter, topic_id
    from totals
    where suppress_below is distinct from suppress_below_of_cells
    union all
    select 'a total that its cells do not add up to' as what, quarter, topic_id
    from totals
    where suppressed_cells = 0 and requests is distinct from requests_shown
    union all
    select 'a total that gives a suppressed cell away' as what, quarter, topic_id
    from totals
    where
        suppressed_cells > 0
        -- The partners' own rows of that day are no longer known.
        and not is_safe_total(
            requests - requests_shown, 0, 0, suppressed_cells, suppress_below
        )
)

select what, count(*) as records, min(quarter || ' ' || topic_id) as example
from faults
group by what
order by what;
