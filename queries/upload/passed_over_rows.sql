-- Rows that are not written, because they are rejected or repeat an earlier row.
select distinct "row" from problems where severity = 'error' or rule = 'row_repeated'
