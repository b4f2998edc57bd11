"""The stories: what happens in a round, a challenge, its answers, its judging and its funded stages."""
