"""A second, slow and plain reading of the regulation, to hold the real one against."""
