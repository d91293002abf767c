"""What a page says: visible text, quotes, drift, signatures of failure pages; pure."""
