select "row", column_name as "column", value, rule, severity, message
from problems
order by "row", severity, column_name, rule, message
