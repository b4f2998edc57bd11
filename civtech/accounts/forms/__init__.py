"""The forms of accounts: shape only; what may be entered is for the models to say."""
