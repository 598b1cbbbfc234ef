"""Ways over water: found once by a maintainer, kept beside the table, read wherever it is drawn."""
