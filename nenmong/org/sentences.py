"""What is wrong with a plan, as a sentence that names its step and its line."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nenmong.core.errors import DomainError
from nenmong.org.rules.plan import Fault, Faulty
from nenmong.ui import formats

SENTENCES = {
    "org.plan_unreadable": gettext_noop(
        "This is no plan in YAML. Compare it with docs/reorganise.md."
    ),
    "org.plan_no_code": gettext_noop(
        "The plan has no name of at most 80 characters. Write it behind “plan:”."
    ),
    "org.plan_no_day": gettext_noop("The plan has no day. Write it behind “day:” as 2025-07-01."),
    "org.plan_no_steps": gettext_noop(
        "The plan has no steps. List from 1 to 5000 behind “steps:”."
    ),
    "org.plan_step_unknown": gettext_noop(
        "A step is one of found, rename, move, merge, split, dissolve, post. Here: %(verb)s."
    ),
    "org.plan_key_unknown": gettext_noop(
        "“%(key)s” says nothing here. Leave it out or mend its spelling."
    ),
    "org.plan_key_missing": gettext_noop("“%(key)s” is missing. Write it."),
    "org.plan_key_twice": gettext_noop("“%(key)s” stands here twice. Keep one."),
    "org.plan_not_text": gettext_noop("One line of text belongs here."),
    "org.plan_not_units": gettext_noop(
        "A name or a list of names belongs here, none empty, none twice."
    ),
    "org.plan_alias_twice": gettext_noop(
        "Two new units are called “%(alias)s”. Give one another name."
    ),
    "org.plan_alias_taken": gettext_noop(
        "A unit has the code “%(alias)s” already. Choose another name."
    ),
    "org.plan_no_such_unit": gettext_noop(
        "There is no unit “%(unit)s”. Write its code or its uid."
    ),
    "org.plan_unit_ended": gettext_noop("%(unit)s has ended already. Name the unit it goes on in."),
    "org.plan_made_here": gettext_noop(
        "%(unit)s is founded by this plan. Found it as it should be instead of changing it again."
    ),
    "org.plan_before_change": gettext_noop(
        "%(unit)s has stood as it does since %(since)s. Choose a day after that for the plan."
    ),
    "org.plan_under_a_cell": gettext_noop("%(unit)s is a cell: nothing stands under it."),
    "org.plan_too_deep": gettext_noop(
        "%(unit)s would stand too deep: there are at most 20 levels."
    ),
    "org.plan_under_itself": gettext_noop(
        "%(unit)s cannot stand under %(under)s, which is a part of it."
    ),
    "org.plan_into_itself": gettext_noop("%(unit)s cannot go on in itself. Name another unit."),
    "org.plan_unknown_kind": gettext_noop("“%(kind)s” is no kind of unit. See docs/reorganise.md."),
    "org.plan_no_place": gettext_noop("Where does %(unit)s stand? Write “under:”."),
    "org.plan_code_taken": gettext_noop("Another unit has the code %(code)s already."),
    "org.plan_nothing_changes": gettext_noop("%(unit)s is so already. Leave the step out."),
    "org.plan_mixed": gettext_noop(
        "%(unit)s: a cell goes on in a cell, a committee in a committee. Choose one of its sort."
    ),
    "org.plan_members_of_a_cell": gettext_noop(
        "%(unit)s is no cell and has no members to share out."
    ),
    "org.plan_not_below": gettext_noop("%(unit)s does not stand under %(under)s."),
    "org.plan_not_empty": gettext_noop(
        "%(count)s units still stand under %(unit)s, %(first)s first. Move them, or write “into:”."
    ),
    "org.plan_members_left": gettext_noop(
        "%(unit)s has %(count)s members. Write “into:”, the cell they go to."
    ),
    "org.plan_matters_left": gettext_noop(
        "In %(unit)s %(count)s matters and tasks are open. Write “into:”, the unit they go to."
    ),
    "org.plan_roll_changed": gettext_noop(
        "The roll or the posts of %(unit)s changed on that day or later. Choose a day after that."
    ),
    "org.plan_in_session": gettext_noop(
        "%(unit)s has a meeting whose minutes are not sealed. Seal them first."
    ),
    "org.plan_met_since": gettext_noop(
        "%(unit)s has met on that day or later. Choose a day after that."
    ),
    "org.plan_no_such_member": gettext_noop("There is no member %(member)s. Write the uid."),
    "org.plan_not_its_member": gettext_noop(
        "The member %(member)s is not on the roll of %(unit)s."
    ),
    "org.plan_unknown_role": gettext_noop("“%(role)s” is no post. Choose one of: %(roles)s."),
    "org.plan_post_held": gettext_noop("The member %(member)s holds this post already."),
    "org.plan_too_long": gettext_noop("“%(text)s” is longer than %(most)s characters. Shorten it."),
}


def sentence(fault: Fault) -> str:
    """Return what is wrong, and where."""
    said: dict[str, Any] = dict(fault.said)
    if "since" in said:
        said["since"] = formats.day(date.fromisoformat(said["since"]))
    text = _(SENTENCES[fault.code]) % said
    if fault.step:
        where = _("Step %(step)s (line %(line)s)") % {"step": fault.step, "line": fault.line}
    elif fault.line:
        where = _("Line %(line)s") % {"line": fault.line}
    else:
        return text
    return f"{where}: {text}"


def refusal(faulty: Faulty) -> DomainError:
    """Return the error a person sees: its code is the first fault's, its text names them all."""
    return DomainError(faulty.faults[0].code, "\n".join(sentence(f) for f in faulty.faults))
