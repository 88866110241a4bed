"""The chip card: from a card laid on a reader to a reading in the counter's words."""
