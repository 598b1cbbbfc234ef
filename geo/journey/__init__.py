"""The journey in time: stops, legs and areas, made from the rows of a table."""
