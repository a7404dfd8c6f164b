-- Delete the published totals of these quarters, before they are replaced.
delete from published_totals
where list_contains($quarters::varchar[], quarter)
