-- Merge DuckDB's log into the store's file.
checkpoint;
