"""The dated tree of units, members, posts, and who may do what where."""
