"""`make bench`: the processor time of our pages beside a bare Flask page, in the same process and alternating."""
