"""Rules in force by day: lengths, days, votes, steps of a meeting, with source and validity."""
