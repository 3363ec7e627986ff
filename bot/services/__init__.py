"""One use case a file: one transaction, access checked, plain values out. What they need stands in `ports`."""
