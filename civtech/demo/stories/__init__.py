"""The stories: how a round, a challenge, its answers, its judging and its funded stages go."""
