"""The upload page: check a file, fix its problems, commit it, and undo it."""
