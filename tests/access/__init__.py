"""The access table: every route, in every state that the demonstration has, for every kind of person, over HTTP."""
