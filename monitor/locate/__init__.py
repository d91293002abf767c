"""Pairs citations without an address with a public page or a sidecar."""
