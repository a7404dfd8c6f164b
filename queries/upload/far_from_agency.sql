-- Engagements in the file more than 500 miles outside the rectangle around the ZIP Codes of
-- their agency's state.
select merged."row", merged.latitude
from merged
join requests using (request_id)
join agencies using (agency_id)
join state_boxes() as boxes on boxes.state = agencies.state
where miles_outside(merged.latitude, merged.longitude, boxes) > 500
