"""Workbooks and CSV files: read with suspicion, written so that no cell is ever a formula."""

from nenmong.ui.sheets.reading import Row, read
from nenmong.ui.sheets.writing import write_csv, write_xlsx

__all__ = ["Row", "read", "write_csv", "write_xlsx"]
