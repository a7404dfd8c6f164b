select agency_id, into_agency_id
from merged_agencies
