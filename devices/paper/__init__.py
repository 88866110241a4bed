"""Paper: what the counter's words look like on it, and how it comes out of a printer."""
