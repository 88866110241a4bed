"""Data objects come back as they were written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card import tlv


@given(
    st.recursive(
        st.tuples(st.sampled_from([0x04, 0x0C, 0x81]), st.binary(max_size=300)),
        lambda inner: st.tuples(st.sampled_from([0x30, 0x7F61]), st.lists(inner, max_size=3)),
        max_leaves=8,
    )
)
def test_nested_objects_come_back_as_they_were_written(tree: object) -> None:
    encoded = _encode(tree)

    assert _is(tlv.read(encoded), tree)


def _encode(tree: object) -> bytes:
    assert isinstance(tree, tuple)
    tag, value = tree
    return tlv.write(tag, value if isinstance(value, bytes) else b"".join(map(_encode, value)))


def _is(found: tlv.Tlv, tree: object) -> bool:
    assert isinstance(tree, tuple)
    tag, value = tree
    if isinstance(value, bytes):
        return (found.tag, found.value) == (tag, value)
    inner = found.children
    return found.tag == tag and len(inner) == len(value) and all(map(_is, inner, value))


@given(st.binary(max_size=64))
def test_lengths_written_longer_than_need_be_are_read_all_the_same(data: bytes) -> None:
    try:
        found = list(tlv.read_all(data))
    except tlv.BadTlv:
        return

    shortest = b"".join(tlv.write(one.tag, one.value) for one in found)

    assert [(o.tag, o.value) for o in tlv.read_all(shortest)] == [(o.tag, o.value) for o in found]
    assert len(shortest) <= len(data)


@pytest.mark.parametrize(
    "data",
    ["30", "3001", "3080", "30847fffffff", "3085000000000100", "1f", "1fffffffffff"],
)
def test_what_is_cut_off_endless_or_too_large_is_refused(data: str) -> None:
    with pytest.raises(tlv.BadTlv):
        tlv.read(bytes.fromhex(data))


def test_a_path_to_a_value_is_followed_or_named() -> None:
    data = tlv.write(0x75, tlv.write(0x7F61, tlv.write(0x02, b"\x01")))

    assert tlv.get(data, 0x75, 0x7F61, 0x02) == b"\x01"
    with pytest.raises(tlv.BadTlv, match="7F60"):
        tlv.get(data, 0x75, 0x7F60)
