"""The map document: one HTML page that needs no network."""
