"""Officers and their accounts, for the administrator."""
