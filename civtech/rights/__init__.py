"""Rights: what the company and the public body agree for each stage about intellectual property and equity."""
