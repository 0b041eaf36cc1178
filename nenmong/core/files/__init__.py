"""What a file really is, by its content; what could act by itself is refused."""

from nenmong.core.files.examine import examine
from nenmong.core.files.refused import Examined, Refused, Why

__all__ = ["Examined", "Refused", "Why", "examine"]
