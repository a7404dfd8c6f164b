"""What the pages draw with: session, filters, charts, maps, tables, downloads."""
