select record_id
from redacting
order by record_id;
