"""The server around Streamlit: who is answered, with which headers and limits."""
