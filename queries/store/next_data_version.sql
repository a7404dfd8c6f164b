-- An update of the only row, so that simultaneous commits conflict here.
update store_info set data_version = data_version + 1
