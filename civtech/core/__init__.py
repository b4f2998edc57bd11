"""The kernel: every package builds on it, and it contains no domain words."""
