"""Documents of meetings as Word, each a function from data to bytes, in the layout of its day.

Views import this inside their functions: what writes Word is 10 MB of each web process.
"""

from nenmong.meetings.exports.book import book_docx
from nenmong.meetings.exports.forms import form_docx, notice_docx, year_plan_docx
from nenmong.meetings.exports.minutes import minutes_docx, reporting_month, resolution_docx
from nenmong.meetings.exports.printing import file_name, named, template_path
from nenmong.meetings.exports.sample import sample_docx
from nenmong.meetings.rules.documents import Document, Edition

__all__ = [
    "Document", "Edition", "book_docx", "file_name", "form_docx", "minutes_docx", "named",
    "notice_docx", "reporting_month", "resolution_docx", "sample_docx", "template_path",
    "year_plan_docx",
]  # fmt: skip
