"""Public bodies, companies and persons with an idea: what they are, and who acts for them."""
