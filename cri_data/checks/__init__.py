"""Whether records, people, the published table and references hold together."""
