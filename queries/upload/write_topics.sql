-- New rows in, changed rows as they are now.
merge into topics
using accepted
using (topic_id)
when matched then update by name
when not matched then insert by name
