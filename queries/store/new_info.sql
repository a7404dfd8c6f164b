insert into store_info
values ($schema_version, false, null, 1, now())
