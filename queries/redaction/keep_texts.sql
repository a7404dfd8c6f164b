-- The texts of the records to redact that no other record has. Such a text belongs to them
-- even where their ID is missing.
create or replace temp table redacting_texts as
select distinct text
from texts
where record_id in (select record_id from redacting) and text <> ''
except
select text
from texts
where record_id not in (select record_id from redacting)
