"""Match names in a file to agencies, partners, and topics."""
