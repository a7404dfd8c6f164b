"""Statistics that SQL has no functions for: columns that are added to a query's result.

A query names such a module in its header (`-- then: name`). The store calls the module's
`answer` on the result, so tile, chart, table, and export all have its columns.
"""
