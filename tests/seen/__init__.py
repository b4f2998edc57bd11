"""What people saw is what they agreed to: every form that binds someone, played with something changed meanwhile."""
