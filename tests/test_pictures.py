"""What the docs draw is what the code says."""

from scripts import states


def test_the_machine_of_opinions_is_drawn_as_it_is():
    assert states.main(["check"]) == 0
