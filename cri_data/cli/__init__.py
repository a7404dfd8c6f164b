"""The commands of the command line, by subject. `main` lists the module of each."""
