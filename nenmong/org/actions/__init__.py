"""Changes to the tree, the members, their posts, who follows what; and lists taken in whole."""

from nenmong.org.actions.administrators import appoint_administrator
from nenmong.org.actions.drafting import draft_plan
from nenmong.org.actions.following import follow, unfollow
from nenmong.org.actions.import_members import draft_members, import_members
from nenmong.org.actions.import_units import draft_units, import_units
from nenmong.org.actions.people import add_member, change_member, give_account
from nenmong.org.actions.posts import Term, end_post, give_post
from nenmong.org.actions.reorganising import apply_plan, undo_plan
from nenmong.org.actions.rolls import change_status, end_membership, move_member
from nenmong.org.actions.tokens import make_token, revoke_token
from nenmong.org.actions.units import NewUnit, create_unit, found, rename_unit
from nenmong.org.actions.uploading import keep_upload

__all__ = [
    "NewUnit", "Term", "add_member", "apply_plan", "appoint_administrator", "change_member",
    "change_status", "create_unit", "draft_members", "draft_plan", "draft_units",
    "end_membership", "end_post", "follow", "found", "give_account", "give_post",
    "import_members", "import_units", "keep_upload", "make_token", "move_member", "rename_unit",
    "revoke_token", "undo_plan", "unfollow",
]  # fmt: skip
