"""A life drawn as a journey map: places from one CSV, on one offline map document."""

__version__ = "0.1.0"
