"""Pages for visitors, kept as bytes while nothing that they show has changed.

`declaring` says which pages can be kept and what prevents it, `lifetime` until when, `pages` keeps them, and `layer`
answers with them.
"""
