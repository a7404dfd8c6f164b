"""One module per page: its texts and its parts."""
