"""Findings to exact edits of the documents; pure; one writer per format."""
