"""The demonstration programme: example people and organisations that go through the whole journey.

It is a play, not a data set. Each story yields the instant of its next act. The director plays the acts of all
stories in order of time, up to today, with the same verbs that the pages use. Nothing in the future is played, so
rounds that started at different times cover every state.
"""
