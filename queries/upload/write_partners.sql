-- New rows in, changed rows as they are now.
merge into partners
using accepted
using (partner_id)
when matched then update by name
when not matched then insert by name
