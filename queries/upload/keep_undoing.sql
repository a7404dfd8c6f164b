-- The changes of an upload that are not undone yet, and whether a later upload that is not
-- undone changed the same record.
create or replace temp table undoing as
with mine as (
    select dataset, record_id, "before", "after"
    from changes
    where upload_id = $upload_id and not is_undone
)

select
    mine.*,
    exists (
        from changes as later
        where
            later.dataset = mine.dataset
            and later.record_id = mine.record_id
            and later.upload_id > $upload_id
            and not later.is_undone
    ) as is_touched_later
from mine
