"""The official catalogues read with their traps, and compared with what stands here."""
