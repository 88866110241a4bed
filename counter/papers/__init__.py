"""What every paper but the receipt and the ticket says: facts, not yet words."""
