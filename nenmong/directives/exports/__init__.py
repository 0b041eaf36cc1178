"""Documents as files. What writes Word is read in where it is needed: 10 MB of each web process."""
