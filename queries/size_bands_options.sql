-- The agency sizes to choose from, smallest first.
-- key: band_order
-- params: viewer_role, viewer_partner
select
    band_order,
    size_band
from visible_size_bands($viewer_role, $viewer_partner)
order by band_order
