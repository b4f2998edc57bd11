"""Which roles people have in the programme: who asked for them, who approved them, and what they count for."""
