"""Which agencies, partners and topics the names in a file mean."""
