"""The forms of organisations: shape only; what may be entered is for the models to say."""
