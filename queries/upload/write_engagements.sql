-- New rows in, changed rows as they are now.
merge into engagements
using accepted
using (engagement_id)
when matched then update by name
when not matched then insert by name
