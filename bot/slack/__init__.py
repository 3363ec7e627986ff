"""Slack: who somebody is, where an answer goes, and the wire to it."""
