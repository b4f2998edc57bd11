"""The forms of people: shape only; what may be entered is for the models to say."""
