select format('U-{:06d}', count(*) + 1) from uploads
