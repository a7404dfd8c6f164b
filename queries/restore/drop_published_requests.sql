-- Delete the published counts of these quarters, before they are replaced.
delete from published_requests
where list_contains($quarters::varchar[], quarter)
