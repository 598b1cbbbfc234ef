"""Benchmarks: each prints what it measured, and is run by hand."""
