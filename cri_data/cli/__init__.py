"""The commands of the command line, by subject. Each module declares its own."""
