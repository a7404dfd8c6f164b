"""The store: one DuckDB file, its opening, and the files of queries/."""
