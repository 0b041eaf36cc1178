"""Pages of meetings, by where one is in the meeting."""
