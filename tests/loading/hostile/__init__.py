"""Hostile ledger files: one kind of fault each, and what the reader must say of it, as data (`kinds/*.yaml`)."""
