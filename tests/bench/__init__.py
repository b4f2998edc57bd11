"""`make bench`: what the platform costs, beside a bare Flask application that does as much in the same process."""
