"""The portal's entrance: tokens for enrolled desks, and what this portal can do."""

from __future__ import annotations

import base64
import hashlib
import secrets
from sqlite3 import Connection
from typing import Any

from counter.values import rfc3339
from sync.sandbox.books import dump
from sync.sandbox.contract_check import faults_of
from sync.sandbox.gateway import JSON_BYTES, LONGEST_WAIT_S, TOKEN_LIFE_S, Call, Gateway
from sync.sandbox.reply import Reply, not_found

UPLOAD_BYTES = 50 * 1024 * 1024
CHUNK_BYTES = 256 * 1024
FEATURES = ("payments.vietqr", "receipts", "postal", "digital-store")


def issue_token(gateway: Gateway, _books: Connection, call: Call) -> Reply:
    """Give an enrolled desk a token (RFC 6749, 4.4)."""
    form: dict[str, str] = call.body
    if form.get("grant_type", "client_credentials") != "client_credentials":
        return _oauth(400, "unsupported_grant_type")
    if form.get("scope", "sync") != "sync":
        return _oauth(400, "invalid_scope")
    if faults_of(form, "TokenRequest"):
        return _oauth(400, "invalid_request")
    desk = gateway.desks.get(form["client_id"])
    secret = form.get("client_secret", "")
    if (
        desk is None
        or desk.id in gateway.revoked
        or not secrets.compare_digest(desk.secret.encode(), secret.encode())
    ):
        return _oauth(401, "invalid_client")
    return Reply(
        200,
        {
            "access_token": gateway.token(desk),
            "token_type": "Bearer",
            "expires_in": TOKEN_LIFE_S,
            "scope": "sync",
        },
        {"Cache-Control": "no-store"},
    )


def get_capabilities(gateway: Gateway, _books: Connection, call: Call) -> Reply:
    """Say version, limits and how serial numbers are lent."""
    policy, desk = gateway.policy, call.desk
    body: dict[str, Any] = {
        "contract": "1.0",
        "min_client": policy.min_client,
        "gateway": {
            "name": "Cổng thử nghiệm trên máy này",
            "province_code": "00",
            "dvcqg": False,
            "epoch": gateway.books.epoch,
        },
        "desk": {
            "desk_id": desk.id,
            "agency_code": desk.agency,
            "agency_name": "Cơ quan thử nghiệm",
            "receives_for": list(desk.receives_for),
        },
        "limits": {
            "bulk_dossiers": 200,
            "bulk_events": 200,
            "dossier_events": 50,
            "json_bytes": JSON_BYTES,
            "upload_bytes": UPLOAD_BYTES,
            "chunk_bytes": CHUNK_BYTES,
            "wait_seconds": LONGEST_WAIT_S,
            "requests_per_minute": 6000,
            "idempotency_hours": 72,
            "change_retention_days": 30,
        },
        "serial_policy": {
            "mode": "leased",
            "width": 4,
            "default_block": min(50, policy.max_block),
            "max_block": policy.max_block,
            "max_days_ahead": policy.max_days_ahead,
        },
        "form_sets": ["TT03/2025"],
        "features": [
            *FEATURES,
            *(["trust-bundle"] if policy.trust_bundle else []),
            *(["audit-checkpoints"] if policy.audit_checkpoints else []),
        ],
    }
    etag = f'"{hashlib.sha256(dump(body).encode()).hexdigest()[:32]}"'
    if call.given.get("If-None-Match") == etag:
        return Reply(304, None, {"ETag": etag})
    return Reply(200, {**body, "server_time": rfc3339(call.moment)}, {"ETag": etag})


def get_trust_bundle(gateway: Gateway, _books: Connection, _call: Call) -> Reply:
    """Give the bundle of card issuers that the province published last."""
    bundle = base64.b64decode(gateway.policy.trust_bundle)
    if not bundle:
        return not_found()
    return Reply(200, bundle, kind="application/pkcs7-mime")


def _oauth(status: int, error: str) -> Reply:
    return Reply(status, {"error": error}, {"Cache-Control": "no-store"}, "application/json")
