"""The kernel: what every package stands on and no domain word appears in."""
