"""What the portal is told of results handed to the public post: one list, the whole of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from counter.acts import HandToPost
from counter.desk.case import Case
from counter.messages import address, officer_of
from counter.store import life, post_lists, return_wishes
from counter.values import nfc, rfc3339, uuid7

MOST = 200
"""Parcels of one list, as the contract allows."""


def tell(cases: Sequence[Case], asked: HandToPost) -> None:
    """Keep in the open transaction that the portal is to be told of this list.

    A dossier of another system is not at the portal; its result is on the paper only.
    """
    own = [case for case in cases if not case.row.system]
    for begin in range(0, len(own), MOST):
        _tell(own[begin : begin + MOST], asked)


def _tell(cases: Sequence[Case], asked: HandToPost) -> None:
    first = cases[0]
    settings, moment = first.context.settings.settings, first.moment
    list_id = uuid7(moment)
    parcels = [(uuid7(moment), case) for case in cases]
    body = {
        "manifest_id": str(list_id),
        "direction": "to_post",
        "agency_code": settings.office.agency_code,
        "handed_over_at": rfc3339(moment),
        "officer": officer_of(settings),
        "postal_staff": nfc(" ".join(asked.carrier.split()))[:200],
        "parcels": [_parcel(parcel, case) for parcel, case in parcels],
    }
    post_lists.want(
        first.session,
        list_id,
        asked.sheet,
        json.dumps(body, ensure_ascii=False, sort_keys=True),
        [(parcel, case.row.row) for parcel, case in parcels],
    )


def _parcel(parcel: UUID, case: Case) -> dict[str, object]:
    to = return_wishes.post_address(case.session, case.row)
    return {
        "parcel_id": str(parcel),
        "dossier_id": str(case.row.id),
        "receiver_name": nfc(to.receiver)[:200],
        "phone": to.phone,
        "address": address(to.address, case.context.gazetteer.place(to.address)),
        "cod_amount": max(0, life.owed(case.session, case.row)),
    }
