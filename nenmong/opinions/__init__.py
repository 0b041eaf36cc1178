"""Opinions: said in a meeting or between two, routed, answered, told back, judged where raised."""
