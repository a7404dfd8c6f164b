-- The partners to choose from: for a partner, itself and those that it works with.
-- key: partner_id
-- params: viewer_role, viewer_partner
select
    partner_id,
    coalesce(partner_name, partner_id) as partner_name
from visible_partners($viewer_role, $viewer_partner)
order by partner_name, partner_id
