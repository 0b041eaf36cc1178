"""Pages about opinions; one module a theme."""
