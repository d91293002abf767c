"""The words of every language, and how they become patterns."""
