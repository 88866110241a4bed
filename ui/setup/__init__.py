"""The first setting-up of a desk, page by page."""
