"""The daemon and its read-only web face."""
