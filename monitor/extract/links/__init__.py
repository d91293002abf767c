"""Links as a plain link checker takes them: `--links all`, and the places in documents that they name."""
