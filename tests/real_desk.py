"""The settings of a desk that is no demonstration; its portal never answers."""

from __future__ import annotations

SETTINGS = """
[office]
agency_code = "H55.242"
name = "Ủy ban nhân dân xã Thử Nghiệm"

[desk]
id = "H55.242-Q01"
name = "Quầy 1"

[portal]
url = "http://127.0.0.1:9/motcua/v1"
"""
