"""What stands before Streamlit: access checks, headers, cookies, limits, and the log."""
