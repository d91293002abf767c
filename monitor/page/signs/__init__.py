"""Signs that a page is not what was asked for: walls, error pages, parked domains."""
