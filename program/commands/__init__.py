"""One file for each command of the command line; ``run`` does it and returns the exit code."""
