-- Agency sizes to choose from, smallest first.
-- key: band_order
-- params: viewer
select
    band_order,
    size_band
from visible_size_bands($viewer)
order by band_order
