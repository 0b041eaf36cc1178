"""Official documents: how they look by the day, and Word filled from templates staff may edit."""

from nenmong.ui.documents.checking import check
from nenmong.ui.documents.layouts import Layout, layout_on, read_layouts
from nenmong.ui.documents.rendering import PARAGRAPH, About, render
from nenmong.ui.documents.styles import Style

__all__ = ["PARAGRAPH", "About", "Layout", "Style", "check", "layout_on", "read_layouts", "render"]
