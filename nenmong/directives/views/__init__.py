"""Doors for people: one module a theme."""
