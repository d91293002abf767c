"""Citation monitor: checks cited sources, their archived copies and their access dates."""
