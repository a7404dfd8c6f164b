"""One module per page: its words and its parts."""
