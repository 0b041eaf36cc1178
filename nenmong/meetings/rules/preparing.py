"""What is to be done next of a meeting being prepared."""

NOTICE_FIRST_DAYS = 3


def next_step(
    *, days: int, place: bool, waiting: bool, told: bool, asks: bool, draft: bool, unsaid: bool
) -> str:
    """Return the one thing to do next; `ready` when nothing is left.

    Nobody can be told of a meeting without a place. Near the day the notice comes before what is
    still to be written, since members are told at least a day before.

    Args:
        days: whole days until the meeting.
        place: where it is held is said.
        waiting: something has come since the agenda was drafted.
        told: the members have their notice.
        asks: some item has questions to discuss.
        draft: the draft resolution is written.
        unsaid: a task of the last resolution has no result yet.
    """
    steps = [("place", not place), ("waiting", waiting)]
    if days <= NOTICE_FIRST_DAYS:
        steps.append(("notice", not told))
    steps += [("prompts", not asks), ("draft", not draft), ("notice", not told)]
    steps.append(("results", unsaid))
    return next((step for step, missing in steps if missing), "ready")
