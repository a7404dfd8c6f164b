-- The tables that a store is made of, in which its rows are.
select table_name
from duckdb_tables()
where not internal and not temporary and schema_name = 'main'
order by table_name;
