"""Addresses as people write them, and what was mended."""
