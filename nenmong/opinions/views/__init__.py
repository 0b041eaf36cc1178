"""Doors of opinions: pages and their pieces; one module a theme."""
