"""A page as bytes in, its text and what it says of itself out."""
