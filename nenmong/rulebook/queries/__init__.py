"""Which rule holds where on a day."""

from nenmong.rulebook.queries.books import Book, book, book_now, nearest
from nenmong.rulebook.queries.calendar import YearDay, days_set, workdays, workdays_with, year_days
from nenmong.rulebook.queries.own import History, Touched, history, touched
from nenmong.rulebook.queries.packs import packs, read_packs, rule, rule_keys, value

__all__ = [
    "Book", "History", "Touched", "YearDay", "book", "book_now", "days_set", "history", "nearest",
    "packs", "read_packs", "rule", "rule_keys", "touched", "value", "workdays", "workdays_with",
    "year_days",
]  # fmt: skip
