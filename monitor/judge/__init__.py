"""History to findings; pure rules."""
