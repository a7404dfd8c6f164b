select distinct dataset
from undoing
