"""What the docs draw is what the code says."""

from scripts import states


def test_the_machines_are_drawn_as_they_are():
    assert states.main(["check"]) == 0
