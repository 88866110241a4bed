"""The desk itself: what an officer does, in plain Python, knowing nothing of screens or wires."""
