"""The borders of the time: which state held a point on a day."""
