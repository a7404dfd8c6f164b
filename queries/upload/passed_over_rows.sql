-- Rows that are not written: rejected, or the same as an earlier one.
select distinct "row" from problems where severity = 'error' or rule = 'row_repeated'
