"""The office database: tickets and calls, shared by desks, kiosk and board; no personal data."""
