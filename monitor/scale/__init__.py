"""More than one machine: PostgreSQL, procrastinate, and as many workers as one likes (extra `scale`)."""
