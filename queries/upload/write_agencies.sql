-- New rows in, changed rows as they are now.
merge into agencies
using accepted
using (agency_id)
when matched then update by name
when not matched then insert by name
