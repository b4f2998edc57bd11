"""The forms of organisations. They only check the shape of input; the models decide what is allowed."""
