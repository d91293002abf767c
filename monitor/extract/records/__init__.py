"""Citations from fields that are already named: BibTeX, RIS, CSL."""
