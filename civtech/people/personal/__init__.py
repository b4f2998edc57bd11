"""What we hold about people themselves, why, and what goes when a person is erased."""

from civtech.people.personal import erasing, exporting, keeping

__all__ = ["erasing", "exporting", "keeping"]
