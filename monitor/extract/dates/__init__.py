"""Access dates: phrases, brackets, values."""
