"""The status page: a folder of static pages."""
