"""Source to observation: host queues, retries, redirects, classification."""
