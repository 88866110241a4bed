"""Packs a folder into an update package and signs it with the province's key.

``sign.py new-key FILE`` makes a key and prints the public half for ``updates.keys``. The private
half never lies on a desk. ``sign.py pack`` makes the package of a built bundle, or of a folder with
``settings.toml`` alone.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from cryptography.hazmat.primitives import serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402

from counter.errors import UpdateRefused  # noqa: E402
from program import LEAST_SERIAL, VERSION, updates  # noqa: E402


def main() -> int:
    """Make a key, or a package."""
    parser = argparse.ArgumentParser(prog="sign.py")
    tasks = parser.add_subparsers(dest="task", required=True)
    new = tasks.add_parser("new-key")
    new.add_argument("file", type=Path)
    pack = tasks.add_parser("pack")
    pack.add_argument("tree", type=Path)
    pack.add_argument("package", type=Path)
    pack.add_argument("--key", type=Path, required=True)
    pack.add_argument("--kind", choices=updates.KINDS, default="program")
    pack.add_argument("--serial", type=int, required=True)
    pack.add_argument("--version", default=VERSION)
    pack.add_argument("--share", type=int, default=100, help="phần trăm số quầy nhận trước")
    pack.add_argument("--back", action="store_true", help="quay về bản cũ hơn bản đang chạy")
    asked = parser.parse_args()
    if asked.task == "new-key":
        key = Ed25519PrivateKey.generate()
        asked.file.touch(mode=0o600, exist_ok=False)
        asked.file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        sys.stdout.write(key.public_key().public_bytes_raw().hex() + "\n")
        return 0
    if asked.package.exists():
        parser.error(f"{asked.package} is there already")
    if asked.kind == "program" and not asked.back and asked.serial < LEAST_SERIAL:
        parser.error(f"--serial is below {LEAST_SERIAL}, which this program is released under")
    loaded = serialization.load_pem_private_key(asked.key.read_bytes(), password=None)
    if not isinstance(loaded, Ed25519PrivateKey):
        parser.error("the key is not an Ed25519 key")
    told: dict[str, object] = {
        "kind": asked.kind,
        "serial": asked.serial,
        "version": asked.version,
        "platform": updates.HERE if asked.kind == "program" else "any",
        "share": asked.share,
        "back": asked.back,
    }
    updates.make(asked.tree, asked.package, loaded, told)
    try:
        with zipfile.ZipFile(asked.package) as made:
            updates.read_manifest(made, [loaded.public_key().public_bytes_raw().hex()])
    except UpdateRefused:
        asked.package.unlink()
        parser.error("every desk would refuse this package: look at its serial, version and share")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
