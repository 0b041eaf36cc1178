"""Pure rules of opinions: states and moves, clocks, what an answer says, likeness, routing."""
