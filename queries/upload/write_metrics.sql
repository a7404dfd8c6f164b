-- New rows in, changed rows as they are now.
merge into metrics
using accepted
using (metric_id)
when matched then update by name
when not matched then insert by name
