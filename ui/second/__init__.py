"""The screen at the counter that faces the citizen."""
