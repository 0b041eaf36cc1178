"""Who on a roll counts."""

NOT_DUE = frozenset({"exempt", "special_duty", "away"})


def is_due(status: str) -> bool:
    """Say whether a member of this status is due at a meeting.

    Due are those on the roll, less members exempted and those on special duty.

    Source: 12-HD/BTCTW (2018).
    """
    return status not in NOT_DUE
