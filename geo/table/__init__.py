"""The table of places: a CSV read, checked and written back."""
