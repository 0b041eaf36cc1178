"""Nền Móng runs the circle of cell meetings: prepared, held, recorded, followed up."""

__version__ = "0.1.0"
