-- What the records to be redacted say and no other record does: where that
-- stands without their id, it is theirs all the same.
create or replace temp table redacting_texts as
select distinct text
from texts
where record_id in (select record_id from redacting) and text <> ''
except
select text
from texts
where record_id not in (select record_id from redacting)
