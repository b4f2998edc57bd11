"""What organisations hold about people, why, and what goes when a person is erased."""

from civtech.organisations.personal import erasing, exporting, keeping
from civtech.organisations.personal.keeping import last_owned

__all__ = ["erasing", "exporting", "keeping", "last_owned"]
