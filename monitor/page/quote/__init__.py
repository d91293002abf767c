"""Whether a page says what was quoted, and how far it drifted."""
