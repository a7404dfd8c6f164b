-- Agencies in the file more than 500 miles outside the rectangle around their state's ZIP
-- Codes.
select merged."row", merged.latitude
from merged
join state_boxes() as boxes on boxes.state = merged.state
where miles_outside(merged.latitude, merged.longitude, boxes) > 500
