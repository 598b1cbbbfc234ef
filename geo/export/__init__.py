"""The journey in formats that other programs read."""
