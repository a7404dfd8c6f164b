-- Whether a partner with this ID is stored.
select count(*) > 0
from partners
where partner_id = $partner_id::varchar;
