"""One file a format: a document in, passages or records out."""
