"""Opinions as Word and XLSX, each a function from data to bytes.

Views import this inside their functions: what writes Word is 10 MB of each web process.
"""

from nenmong.opinions.exports.lists import list_docx, list_xlsx
from nenmong.opinions.exports.papers import letter_docx, slip_docx

__all__ = ["letter_docx", "list_docx", "list_xlsx", "slip_docx"]
