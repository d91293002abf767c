"""What a single reference says: titles, authors, organisations."""
