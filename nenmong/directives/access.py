"""Who may do what with documents; a cell sees what it was sent, a draft is its committee's own.

A committee's own documents are its own: whoever stands above sees what it issued, not its drafts.
"""

VIEW = "directives.view"
DRAFT, COMMENT = "directives.draft", "directives.comment"
ISSUE, OVER_QUOTA = "directives.issue", "directives.over_quota"
SEND = "directives.send"
RECOUNT = "directives.recount"
