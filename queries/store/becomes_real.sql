update store_info set is_demonstration = false, as_of_on = null
