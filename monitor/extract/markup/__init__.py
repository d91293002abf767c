"""Readers of markup that know places in the file and nothing of citations."""
