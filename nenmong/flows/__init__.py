"""Arrows between capabilities: what follows when something has happened."""
