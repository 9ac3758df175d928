"""Exchanges as recorded against the server's own ledger: the same bytes, no matter how odd."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.capture.cases import CASES, REUSES, WHOLE, path_of, schemes_of
from tests.capture.conftest import REFUSED, Fetched
from tests.capture.cut import CUT, NOTHING
from tests.capture.model import BY_PROXY, DIRECT, OWN, Case
from tests.capture.proxy import PASSWORD, REFUSAL
from tests.capture.wire import Conversation
from warc.block import Block
from warc.exchange import REDACTED, redact


def _each(cases: dict[str, Case]) -> pytest.MarkDecorator:
    pairs = [(scheme, name) for name in cases if name not in REUSES for scheme in schemes_of(name)]
    return pytest.mark.parametrize(("scheme", "name"), pairs, ids=[f"{scheme} {name}" for scheme, name in pairs])


def _answered(fetched: Fetched, scheme: str, name: str) -> list[Conversation]:
    return [talk for talk in fetched.ledger(scheme).of(path_of(name)) if talk.sent]


@_each(WHOLE | CUT)
def test_exchange_is_what_crossed_the_wire(fetched: Fetched, scheme: str, name: str) -> None:
    talks = _answered(fetched, scheme, name)
    exchanges = fetched.exchanges[fetched.url(scheme, name)]
    answers = [answer for answer in CASES[name].answers if answer.parts]
    assert len(talks) == len(exchanges) == len(answers)
    for talk, exchange, answer in zip(talks, exchanges, answers, strict=True):
        message = talk.sent[: len(talk.sent) - answer.trailing]
        if answer.whole:
            assert exchange["response"] == message
        else:
            assert message.startswith(exchange["response"])
            assert exchange["response"]
        assert exchange["truncated"] == answer.truncated
        if not answer.early:
            assert exchange["request"] == talk.request


@_each(WHOLE | CUT | NOTHING)
def test_download_ends_as_expected(fetched: Fetched, scheme: str, name: str) -> None:
    outcome = fetched.outcomes.get(fetched.url(scheme, name), {})
    assert outcome.get("error") == CASES[name].error


@_each({name: case for name, case in (WHOLE | CUT).items() if case.error is None and case.body is not None})
def test_response_is_read_as_meant(fetched: Fetched, scheme: str, name: str) -> None:
    case = CASES[name]
    if outcome := fetched.outcomes.get(fetched.url(scheme, name)):  # none where a redirect led
        own = fetched.ledger(scheme).of(path_of(name))[-1].own
        assert outcome["status"] == case.status
        assert outcome["body"] == (case.body or b"").replace(OWN, own)


@_each(NOTHING)
def test_attempt_without_a_byte_is_no_exchange(fetched: Fetched, scheme: str, name: str) -> None:
    assert fetched.ledger(scheme).of(path_of(name)), "it was asked for"
    assert fetched.url(scheme, name) not in fetched.exchanges


@pytest.mark.parametrize("scheme", DIRECT)
def test_one_connection_serves_many_exchanges(fetched: Fetched, scheme: str) -> None:
    talks = [talk for name in REUSES for talk in _answered(fetched, scheme, name)]
    exchanges = [one for name in REUSES for one in fetched.exchanges[fetched.url(scheme, name)]]
    assert len(talks) > 100
    assert len({talk.connection for talk in talks}) == 1
    assert [one["response"] for one in exchanges] == [talk.sent for talk in talks]
    assert [one["request"] for one in exchanges] == [talk.request for talk in talks]
    assert {one["truncated"] for one in exchanges} == {None}


@pytest.mark.parametrize("scheme", DIRECT)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("trailing garbage at once", "after garbage at once"),
        ("trailing garbage later", "after garbage later"),
        ("closed while idle", "after closed while idle"),
        ("early 413", "after early 413"),
    ],
)
def test_spoilt_connection_is_not_used_again(fetched: Fetched, scheme: str, before: str, after: str) -> None:
    [first], [second] = (fetched.ledger(scheme).of(path_of(name)) for name in (before, after))
    assert first.connection != second.connection
    assert fetched.outcomes[fetched.url(scheme, after)]["body"] == second.own


@pytest.mark.parametrize("scheme", DIRECT)
def test_request_lost_with_its_connection_is_asked_again(fetched: Fetched, scheme: str) -> None:
    lost, answered = fetched.ledger(scheme).of(path_of("closed at the next request"))
    assert lost.connection != answered.connection
    [exchange] = fetched.exchanges[fetched.url(scheme, "closed at the next request")]
    assert exchange["response"] == answered.sent


@pytest.mark.parametrize("scheme", DIRECT)
def test_request_is_recorded_as_far_as_it_was_sent(fetched: Fetched, scheme: str) -> None:
    [talk] = fetched.ledger(scheme).of(path_of("early 413"))
    [exchange] = fetched.exchanges[fetched.url(scheme, "early 413")]
    assert len(exchange["request"]) < CASES["early 413"].sent, "the answer came before the end of the request"
    if scheme == "http":
        assert exchange["request"] == talk.request
    else:  # how much of what was encrypted has left is not known to the byte, nor what the server read of it
        shorter, longer = sorted((exchange["request"], talk.request), key=len)
        assert longer.startswith(shorter)
        assert b"\r\n\r\n" in shorter


@pytest.mark.parametrize("scheme", DIRECT + BY_PROXY)
def test_each_hop_of_a_redirect_is_an_exchange(fetched: Fetched, scheme: str) -> None:
    hops = [fetched.exchanges[fetched.url(scheme, name)] for name in ("redirect", "redirect again", "redirected")]
    assert [hop[0]["response"].split()[1] for hop in hops] == [b"301", b"302", b"200"]
    assert fetched.outcomes[fetched.url(scheme, "redirect")]["status"] == 200


@pytest.mark.parametrize("scheme", DIRECT + BY_PROXY)
def test_exchange_names_server_and_cipher(fetched: Fetched, scheme: str) -> None:
    for exchange in _exchanges(fetched, scheme):
        assert exchange["ip_address"] == (None if scheme in BY_PROXY else "127.0.0.1")
        assert (exchange["tls_version"] or "").startswith("tls/1.") == scheme.startswith("https")
        assert bool(exchange["tls_cipher"]) == scheme.startswith("https")


@pytest.mark.parametrize("scheme", DIRECT + BY_PROXY)
def test_server_that_offers_http_2_is_asked_in_http_1(fetched: Fetched, scheme: str) -> None:
    for talk in fetched.ledger(scheme).all():
        assert talk.request.split(b"\r\n")[0].endswith(b" HTTP/1.1")
        assert talk.alpn in (None, "http/1.1")


def test_credentials_go_to_the_proxy_and_not_into_the_archive(fetched: Fetched) -> None:
    [scheme] = [scheme for scheme in BY_PROXY if not scheme.startswith("https")]
    for exchange in _exchanges(fetched, scheme):
        stored = bytes(redact(Block(exchange["request"])))
        assert exchange["request"].split(b" ")[1].startswith(b"http://far.example:"), "as proxies are asked"
        assert b"\r\nProxy-Authorization: Basic " in exchange["request"]
        assert b"\r\nProxy-Authorization: " + REDACTED + b"\r\n" in stored


def test_tunnel_is_no_part_of_the_exchange(fetched: Fetched) -> None:
    heads = fetched.servers.proxy.heads
    assert any(head.startswith(b"CONNECT far.example:") and b"\r\nProxy-Authorization: " in head for head in heads)
    for exchange in _exchanges(fetched, "https by proxy"):
        assert not exchange["request"].startswith(b"CONNECT")
        assert b"roxy-Auth" not in exchange["request"]
        assert b"Via:" not in exchange["response"]


def test_proxy_that_refuses_is_an_answer_only_where_it_stands_for_the_server(fetched: Fetched) -> None:
    plain, tunnelled = (fetched.servers.urls[scheme] + REFUSED for scheme in BY_PROXY)
    [exchange] = fetched.exchanges[plain]
    assert (exchange["response"], exchange["truncated"]) == (REFUSAL, None)
    assert fetched.outcomes[plain]["status"] == 407
    assert tunnelled not in fetched.exchanges
    assert fetched.outcomes[tunnelled]["error"] == "TunnelError"


def test_nothing_went_wrong_unseen(fetched: Fetched) -> None:
    assert "Traceback" not in fetched.log
    assert " ERROR: " not in fetched.log
    assert PASSWORD not in fetched.log


def _exchanges(fetched: Fetched, scheme: str) -> Iterator[dict[str, Any]]:
    found = [one for url, ones in fetched.exchanges.items() for one in ones if url.startswith(fetched.url(scheme, ""))]
    assert found
    yield from found
