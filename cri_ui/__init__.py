"""The page layer: session, filters, charts, maps, tables, downloads, and the server."""
