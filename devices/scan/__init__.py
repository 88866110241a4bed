"""Papers as files: looked at before they are taken in."""
