"""The way between the desk and the provincial portal."""
