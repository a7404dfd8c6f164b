-- How long requests of agencies of each size are in one stage.
-- key: size_band
-- params: stage, viewer, filters, target_days, as_of
-- ignores: statuses
select size_band, band_order, times.* exclude (group_id)
from stage_times($viewer, $filters, $stage, 'size_band', $target_days, $as_of) as times
join visible_size_bands($viewer) on band_order::varchar = group_id
order by band_order
