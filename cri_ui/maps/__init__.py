"""The engagement map: its layers, points, and viewport."""
