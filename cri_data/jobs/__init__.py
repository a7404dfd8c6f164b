"""What runs by itself: maintenance, publishing, the demonstration."""
