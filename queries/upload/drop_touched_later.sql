delete from undoing
where is_touched_later
