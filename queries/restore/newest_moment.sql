-- When the newest entry of the trail was made; null where there is none.
select max(recorded_at)
from audit;
