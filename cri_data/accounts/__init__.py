"""People with access, and their sign-ins."""
