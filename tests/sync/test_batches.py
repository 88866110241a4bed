from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

from counter.store.outbox import DOSSIER, EVENT, Message, digest_of
from counter.values import uuid7
from sync.batches import fitting, is_whole, key_of, pack


def message(kind: str = DOSSIER, body: str | None = None, attempts: int = 0) -> Message:
    key, dossier_id = uuid7(), uuid7()
    facts = {"id": str(dossier_id), "event_id": str(key)}
    text = json.dumps(facts) if body is None else body
    return Message(
        seq=1,
        key=key,
        dossier_id=dossier_id,
        dossier_seq=1,
        kind=kind,
        body=text,
        digest=digest_of(key, dossier_id, 1, text),
        written_at=None,  # type: ignore[arg-type]  # not looked at here
        attempts=attempts,
    )


def test_the_same_bytes_carry_the_same_key_and_changed_bytes_another() -> None:
    first, second = message(), message()

    assert pack([first, second]).key == pack([first, second]).key
    assert pack([first, second]).key != pack([second, first]).key
    assert pack([first]).key != pack([first, second]).key


def test_a_message_sent_again_by_an_officer_is_a_new_request_with_the_same_bytes() -> None:
    before = message()
    after = replace(before, attempts=1)

    assert pack([before]).body == pack([after]).body
    assert pack([before]).key != pack([after]).key


def test_the_key_of_a_request_has_the_form_the_contract_demands() -> None:
    key = key_of("/dossiers/bulk", b"{}")

    assert (key.version, key.variant) == (8, UUID(int=0x8 << 60).variant)


def test_parts_of_a_request_do_not_run_into_each_other() -> None:
    assert key_of("ab", b"c") != key_of("a", b"bc")


def test_a_message_goes_out_as_the_bytes_it_was_frozen_with() -> None:
    body = '{"id":"x",  "owner": {"full_name":"Nguyễn Thử"}}'

    packed = pack([message(body=body)])

    assert packed.body == f'{{"items":[{{"dossier":{body}}}]}}'.encode()


def test_events_are_named_by_their_own_id() -> None:
    event = message(EVENT)

    packed = pack([event])

    assert packed.ids == (event.key,)
    assert json.loads(packed.body) == {"events": [json.loads(event.body)]}


def test_a_batch_holds_one_kind_and_no_more_than_is_allowed() -> None:
    mixed = [message(), message(EVENT), message(), message(), message()]

    assert fitting(mixed, 3, 10_000) == [mixed[0], mixed[2], mixed[3]]
    assert fitting(mixed, 50, 2 * len(mixed[0].body) + 80) == [mixed[0], mixed[2]]


def test_a_message_larger_than_a_batch_still_goes_alone() -> None:
    large = message(body='{"note":"' + "đ" * 9000 + '"}')

    assert fitting([large, message()], 50, 1000) == [large]


def test_a_message_that_no_longer_hashes_to_its_digest_is_noticed() -> None:
    good = message()

    assert is_whole(good)
    assert not is_whole(replace(good, body=good.body + " "))
    assert not is_whole(replace(good, key=uuid7()))
    assert not is_whole(replace(good, dossier_id=uuid7()))
    assert not is_whole(replace(good, dossier_seq=2))
