select distinct "row" from problems where severity = 'error'
