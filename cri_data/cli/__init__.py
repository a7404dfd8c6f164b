"""The commands of the command line, by subject; `main` says which module holds which."""
