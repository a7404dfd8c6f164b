-- Partners to choose from. For a partner: itself and those it works with.
-- key: partner_id
-- params: viewer
select
    partner_id,
    coalesce(partner_name, partner_id) as partner_name
from visible_partners($viewer)
order by partner_name, partner_id
