insert into changes by name
from changed
