-- An update of the one row, so that two commits at once conflict here.
update store_info set data_version = data_version + 1
