"""What is held about people themselves, why, and what goes when somebody is erased."""

from civtech.people.personal import erasing, exporting, keeping

__all__ = ["erasing", "exporting", "keeping"]
