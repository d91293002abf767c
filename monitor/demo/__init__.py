"""The rehearsal: an embedded web and archive on loopback, the shipped seeds, a real run."""
