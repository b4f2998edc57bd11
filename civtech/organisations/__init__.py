"""Public bodies, companies and people with an idea, and the people who act for them."""
