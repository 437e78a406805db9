"""Messages between the server and the decoding process."""

import io
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.clips.wire import BrokenStream, read_message, write_message

HEADERS = st.dictionaries(st.text(), st.none() | st.integers() | st.text(), max_size=5)


@given(messages=st.lists(st.tuples(HEADERS, st.binary(max_size=200))))
def test_wire_messages_come_out_as_they_went_in(messages: list[tuple[dict[str, object], bytes]]) -> None:
    stream = io.BytesIO()
    for header, body in messages:
        write_message(stream, header, body)
    stream.seek(0)
    assert [read_message(stream) for _ in messages] == messages


@given(noise=st.binary(max_size=100))
def test_wire_noise_is_a_broken_stream_and_nothing_else(noise: bytes) -> None:
    stream = io.BytesIO(noise)
    while stream.tell() < len(noise):
        with suppress(BrokenStream):
            read_message(stream)
    with pytest.raises(BrokenStream, match="ended"):
        read_message(stream)


def test_wire_refuses_a_length_that_no_picture_has() -> None:
    with pytest.raises(BrokenStream, match="announced"):
        read_message(io.BytesIO(struct.pack(">II", 2, 2**31)))
