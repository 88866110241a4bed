"""The audit chain on a page, for the supervisor."""
