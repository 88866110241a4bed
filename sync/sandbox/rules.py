"""Which function answers which operation of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from sqlite3 import Connection

from sync.sandbox import (
    catalogue,
    checkpoints,
    citizens,
    dossiers,
    entrance,
    events,
    feed,
    files,
    money,
    post,
    serials,
)
from sync.sandbox.gateway import Call, Gateway, Rule
from sync.sandbox.reply import Reply


def list_changes(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Give what the feed has after the desk's cursor."""
    return feed.page(gateway, books, call, dossiers.shown)


RULES: Mapping[str, Rule] = {
    "issueToken": entrance.issue_token,
    "getCapabilities": entrance.get_capabilities,
    "listProcedures": catalogue.listing("procedures"),
    "listAgencies": catalogue.listing("agencies"),
    "listUnits": catalogue.listing("units"),
    "listCalendar": catalogue.listing("calendar"),
    "listForms": catalogue.listing("forms"),
    "listFees": catalogue.listing("fees"),
    "createSerialLease": serials.create_lease,
    "listSerialLeases": serials.list_leases,
    "returnSerialLease": serials.return_lease,
    "putDossier": dossiers.put_dossier,
    "getDossier": dossiers.get_dossier,
    "putDossiersBulk": dossiers.put_dossiers_bulk,
    "findDossiers": dossiers.find_dossiers,
    "searchDossiers": dossiers.search_dossiers,
    "appendEvents": events.append_events,
    "listEvents": events.list_events,
    "appendEventsBulk": events.append_events_bulk,
    "tusOptions": files.tus_options,
    "createUpload": files.create_upload,
    "getUploadOffset": files.get_upload_offset,
    "patchUpload": files.patch_upload,
    "terminateUpload": files.terminate_upload,
    "headBlob": files.head_blob,
    "getBlob": files.get_blob,
    "listChanges": list_changes,
    "createPayment": money.create_payment,
    "getPayment": money.get_payment,
    "cancelPayment": money.cancel_payment,
    "createReceipt": money.create_receipt,
    "voidReceipt": money.void_receipt,
    "createPostalManifest": post.create_manifest,
    "updateParcel": post.update_parcel,
    "createRating": citizens.create_rating,
    "searchDigitalStore": citizens.search_digital_store,
}

BEYOND_RULES: Mapping[str, Rule] = {
    "getTrustBundle": entrance.get_trust_bundle,
    "putAuditCheckpoints": checkpoints.put_checkpoints,
}
"""Of what is offered beyond the contract."""
