-- New rows in, changed rows as they are now.
merge into requests
using accepted
using (request_id)
when matched then update by name
when not matched then insert by name
