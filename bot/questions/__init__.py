"""From a text to a typed question: normalise, recognise, resolve (design.md §2)."""
