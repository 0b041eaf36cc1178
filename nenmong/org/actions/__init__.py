"""Changes to the tree, the members, their posts and who follows what."""

from nenmong.org.actions.drafting import draft_plan
from nenmong.org.actions.following import follow, unfollow
from nenmong.org.actions.people import add_member, change_member, give_account
from nenmong.org.actions.posts import Term, end_post, give_post
from nenmong.org.actions.reorganising import apply_plan, undo_plan
from nenmong.org.actions.rolls import change_status, end_membership, move_member
from nenmong.org.actions.units import NewUnit, create_unit, found, rename_unit

__all__ = [
    "NewUnit", "Term", "add_member", "apply_plan", "change_member", "change_status", "create_unit",
    "draft_plan", "end_membership", "end_post", "follow", "found", "give_account", "give_post",
    "move_member", "rename_unit", "undo_plan", "unfollow",
]  # fmt: skip
