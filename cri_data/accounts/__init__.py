"""Who may sign in, and what became of each sign-in."""
