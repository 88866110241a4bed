"""The citizens' kiosk: few pages, large targets, nothing kept."""
