"""A chip made of files and keys, below the protocol: what a real chip answers, it answers.

It is written apart from the reader and shares none of its cryptography, so that one mistake
cannot stand on both sides; the worked examples of ICAO prove it by itself.
"""
