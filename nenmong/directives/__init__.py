"""Documents a committee drafts, issues and passes down, and where they were discussed."""
