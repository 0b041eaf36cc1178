"""Pure rules of a meeting: arithmetic and order, without a database."""
