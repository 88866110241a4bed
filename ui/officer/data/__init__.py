"""The page of what the desk keeps: handed to a citizen, and its key changed."""
