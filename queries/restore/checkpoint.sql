-- What is in the log alone goes into the store's file.
checkpoint;
