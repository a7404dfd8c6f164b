select schema_version, is_demonstration, as_of_on, data_version
from store_info
