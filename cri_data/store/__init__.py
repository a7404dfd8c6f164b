"""The store: one DuckDB file, its connections, and the query files."""
