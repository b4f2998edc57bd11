"""The history of one thing, read from the audit log: who did what and when, for those who may know."""

from civtech.oversight.history.lines import History, Line, Readers
from civtech.oversight.history.reading import history_of

__all__ = ["History", "Line", "Readers", "history_of"]
