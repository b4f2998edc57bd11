"""Notifications: emails queued in the transaction of the change they report, and sent by the worker."""
