"""Pure rules of the landing page: which one step comes first."""


def next_step(
    *,
    status: str,
    days: int | None,
    unfiled: bool,
    may_work: bool,
    may_prepare: bool,
    may_seal: bool,
) -> str:
    """Return the one next step of a cell for one of its people.

    Args:
        status: of the meeting under way or being prepared; "" where there is none.
        days: until the day of a meeting being prepared; negative once it has passed.
        unfiled: sealed documents wait to be filed by this person.
        may_work: they keep the minutes or chair.
        may_prepare: they plan the meetings.
        may_seal: they seal the minutes.

    Returns:
        `go_on` in a meeting, `seal` its minutes or `read` them through, `begin` it (its day has
        come), `file` documents, `prepare` what is planned, `plan` the next one, `see` the agenda,
        or `wait` for one.
    """
    ordered = {
        "go_on": may_work and status == "open",
        "seal": may_seal and status == "held",
        "read": may_work and status == "held",
        "begin": may_work and status == "planned" and days is not None and days <= 0,
        "file": unfiled,
        "prepare": may_work and status == "planned",
        "see": bool(status),
        "plan": may_prepare,
        "wait": True,
    }
    return next(step for step, holds in ordered.items() if holds)
