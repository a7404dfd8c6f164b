-- The tables with a store's rows. Each copy builds the facts from them again.
select table_name
from duckdb_tables()
where
    not internal
    and not temporary
    and schema_name = 'main'
    and not starts_with(table_name, 'facts_')
    and table_name not in ('agency_codes', 'topic_sets')
order by table_name;
