"""The page where a dossier is received, in the order of the paper form."""
