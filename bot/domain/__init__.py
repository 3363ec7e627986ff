"""Pure values and functions on them: the standard library and nothing else, no clock, no files, no Slack."""
