"""What the tests, the benchmarks and the pictures share: a browser, a server, open documents."""
