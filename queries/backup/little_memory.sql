-- A memory limit for the copy, whose rows go to the disk.
set memory_limit = '400MB';
