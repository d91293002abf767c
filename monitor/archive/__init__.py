"""Source to snapshots: query plan, limiter, choice, verification, captures."""
