"""Hands and eyes of the desk: chip cards, paper and code readers."""
