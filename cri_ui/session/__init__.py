"""A visit: who is signed in, the page's filters, query results, and shared services."""
