"""Keeping the installation safe: backup, restore, the drill that proves both, and the doctor."""
