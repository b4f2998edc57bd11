"""Rights: what the company and the public body agree about intellectual property and equity, stage by stage."""
