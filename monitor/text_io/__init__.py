"""Bytes and markup to characters: the decoder, HTML scanner and PDF reader of documents and pages."""
