"""Documents as files."""

from nenmong.directives.exports.document import document_docx

__all__ = ["document_docx"]
