"""Changes to the tree, the members, their posts, who follows what; and lists taken in whole."""

from nenmong.org.actions.accounts import give_account, give_sheet, pause_account, restore_access
from nenmong.org.actions.administrators import appoint_administrator, dismiss_administrator
from nenmong.org.actions.drafting import draft_plan
from nenmong.org.actions.following import follow, unfollow
from nenmong.org.actions.groups import end_group, form_group, join_group
from nenmong.org.actions.import_members import draft_members, import_members
from nenmong.org.actions.import_units import draft_units, import_units
from nenmong.org.actions.kinds import set_cell_kind
from nenmong.org.actions.opening import close_opening, open_by_exception
from nenmong.org.actions.people import add_member, change_member
from nenmong.org.actions.posts import Term, end_post, give_post
from nenmong.org.actions.reorganising import apply_plan, undo_plan
from nenmong.org.actions.rolls import change_status, end_membership, move_member
from nenmong.org.actions.tokens import make_token, revoke_token
from nenmong.org.actions.units import NewUnit, create_unit, found, rename_unit, set_codes
from nenmong.org.actions.uploading import keep_upload, map_columns, sweep_uploads

__all__ = [
    "NewUnit", "Term", "add_member", "apply_plan", "appoint_administrator", "change_member",
    "change_status", "close_opening", "create_unit", "dismiss_administrator", "draft_members",
    "draft_plan", "draft_units", "end_group", "end_membership", "end_post", "follow", "form_group",
    "found", "give_account", "give_post", "give_sheet", "import_members", "import_units",
    "join_group", "keep_upload", "make_token", "map_columns", "move_member", "open_by_exception",
    "pause_account", "rename_unit", "restore_access", "revoke_token", "set_cell_kind", "set_codes",
    "sweep_uploads", "undo_plan", "unfollow",
]  # fmt: skip
