"""Files of outcomes with a column for each metric, or a row for each wave."""
