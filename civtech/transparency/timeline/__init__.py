"""A proposal's own timeline: what happened and what happens next, from the instants its nouns keep."""

from civtech.transparency.timeline.ahead import ahead
from civtech.transparency.timeline.course import Course, course_of
from civtech.transparency.timeline.past import past

__all__ = ["Course", "ahead", "course_of", "past"]
