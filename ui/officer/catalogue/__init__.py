"""The catalogue of procedures: searched, read whole, curated, compared and put up to read."""
