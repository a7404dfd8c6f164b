"""Import files: read, map, match, validate, compare, commit, and undo."""
