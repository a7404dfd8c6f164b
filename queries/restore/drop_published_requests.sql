-- Make room for what was published of these quarters.
delete from published_requests
where list_contains($quarters::varchar[], quarter)
