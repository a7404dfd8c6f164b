"""Checks before Streamlit: access, headers, cookies, limits, and the log."""
