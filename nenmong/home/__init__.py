"""Pages that gather from all below: my work, a unit's home, the page for a stranger."""
