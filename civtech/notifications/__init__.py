"""Notifications: mails written in the transaction of what they tell, delivered by the worker."""
