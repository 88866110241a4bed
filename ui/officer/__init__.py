"""The officer's window and its pages."""
