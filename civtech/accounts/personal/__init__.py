"""What accounts hold about people, why, and what goes when somebody is erased."""

from civtech.accounts.personal import erasing, exporting, keeping
from civtech.accounts.personal.keeping import last_owned

__all__ = ["erasing", "exporting", "keeping", "last_owned"]
