"""How references are laid out in a text: lists, annotated lists, labelled lines."""
