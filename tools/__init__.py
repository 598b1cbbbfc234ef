"""What builds the derived data under geo/data."""
