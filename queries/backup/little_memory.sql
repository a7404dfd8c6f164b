-- Of the copy alone: what does not fit is on the disk already.
set memory_limit = '400MB';
