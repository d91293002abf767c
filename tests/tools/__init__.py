"""Makes the data that ships with the package."""
