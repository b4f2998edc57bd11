"""The demonstration programme: invented people and organisations living through the whole journey.

It is a play, not a data set: each story yields the instant of its next act, and the director plays the acts of all
stories in the order of time, through the verbs that the pages use, as far as today. What lies in the future is not
played, so rounds that started at different times stand in every state there is.
"""
