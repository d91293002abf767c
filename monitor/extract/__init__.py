"""Text to citations; pure; one file per format."""
