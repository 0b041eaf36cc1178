"""What is wrong with a form, found by reasoning over it, never by trying values at random."""
