"""From names to coordinates, with the evidence for each."""
