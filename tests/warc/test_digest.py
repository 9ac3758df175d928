"""Digests: what is written can be read again, in every base; what is none is no digest."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.digest import parse_digest, payload_digests

NAMES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")


@given(data=st.binary(max_size=50), name=st.sampled_from(NAMES), base=st.sampled_from(["16", "32", "64"]))
def test_digest_is_read_in_every_base(data: bytes, name: str, base: str) -> None:
    value = hashlib.new(name, data, usedforsecurity=False).digest()
    written = {"16": base64.b16encode, "32": base64.b32encode, "64": base64.b64encode}[base](value).decode()
    for text in (f"{name}:{written}", f"{name.upper()}:{written}", f" {name}:{written.rstrip('=')} "):
        promise = parse_digest(text)
        assert promise is not None
        assert (promise.algorithm, promise.value) == (name, value)


@given(st.text() | st.text().map("sha1:".__add__) | st.binary(max_size=40).map(lambda data: f"sha256:{data.hex()}"))
def test_any_text_is_a_digest_or_none(text: str) -> None:
    promise = parse_digest(text)
    assert promise is None or len(promise.value) == hashlib.new(promise.algorithm).digest_size


@pytest.mark.parametrize("size", [0, 1, 1000])
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_digests_are_those_of_the_parts_joined(size: int, step: int) -> None:
    data = bytes(number % 251 for number in range(size))
    digests = payload_digests(data[place : place + step] for place in range(0, size, step))
    assert digests.sha256 == hashlib.sha256(data).hexdigest()
    assert digests.sha1 == "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
    assert digests.size == size
