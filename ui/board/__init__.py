"""The display board: numbers called, seen from afar and heard."""
