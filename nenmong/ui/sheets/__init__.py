"""Workbooks and CSV files: read with suspicion, written so that no cell is ever a formula."""

from nenmong.ui.sheets.reading import Row, read
from nenmong.ui.sheets.typed import Cell, write_table
from nenmong.ui.sheets.writing import write_csv, write_xlsx

__all__ = ["Cell", "Row", "read", "write_csv", "write_table", "write_xlsx"]
