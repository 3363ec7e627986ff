"""The store: SQLite by default, PostgreSQL at scale. Figures by SQL, plain values out; nothing is ever deleted."""
