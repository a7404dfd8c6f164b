-- New rows in, changed rows as they are now.
merge into outcomes
using accepted
using (outcome_id)
when matched then update by name
when not matched then insert by name
