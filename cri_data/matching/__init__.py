"""Which partner fits a request best, and all requests together under capacities.

Knows no store: it scores the rows of the query `partner_fits_list`.
"""
