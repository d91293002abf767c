"""Which captures show what the author saw; pure."""
