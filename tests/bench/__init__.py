"""How fast the pages and the load are, as ratios to bare DuckDB and Streamlit."""
