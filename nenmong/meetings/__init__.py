"""Meetings of a cell: matters, agenda, roll call, items, votes, minutes, seal, tasks."""
