"""The access table: every route, in every state in the demonstration, for every kind of person, over HTTP."""
