"""One visit: who looks, at what, and what they may send."""
