"""Changes to the tree, the members and their posts."""

from nenmong.org.actions.drafting import draft_plan
from nenmong.org.actions.people import Term, add_member, change_status, give_account, give_post
from nenmong.org.actions.reorganising import apply_plan, undo_plan
from nenmong.org.actions.units import NewUnit, create_unit, found, rename_unit

__all__ = [
    "NewUnit", "Term", "add_member", "apply_plan", "change_status", "create_unit", "draft_plan", "found",
    "give_account", "give_post", "rename_unit", "undo_plan",
]  # fmt: skip
