"""Free text taken out everywhere, and what is kept no longer."""
