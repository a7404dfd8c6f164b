"""The data of the Collaborative Reform dashboard: store, questions, uploads."""
