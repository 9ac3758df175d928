"""Exchanges as recorded against the server's own ledger: the same bytes, no matter how odd."""

import pytest

from tests.capture.cases import CASES, CUT, NOTHING, WHOLE, Case, path_of
from tests.capture.conftest import Fetched

SCHEMES = ("http", "https")


def _both(cases: dict[str, Case]) -> pytest.MarkDecorator:
    pairs = [(scheme, name) for scheme in SCHEMES for name, case in cases.items() if scheme in case.schemes]
    return pytest.mark.parametrize(("scheme", "name"), pairs, ids=[f"{scheme} {name}" for scheme, name in pairs])


@_both(WHOLE | CUT)
def test_exchange_is_what_crossed_the_wire(fetched: Fetched, scheme: str, name: str) -> None:
    talks = fetched.ledgers[fetched.urls[scheme]].of(path_of(name))
    exchanges = fetched.exchanges[fetched.url(scheme, name)]
    answers = CASES[name].answers
    assert len(talks) == len(exchanges) == len(answers)
    for talk, exchange, answer in zip(talks, exchanges, answers, strict=True):
        assert exchange["request"] == talk.request
        message = talk.sent[: len(talk.sent) - answer.trailing]
        if answer.whole:
            assert exchange["response"] == message
        else:
            assert message.startswith(exchange["response"])
        assert exchange["truncated"] == answer.truncated


@_both(WHOLE | CUT | NOTHING)
def test_download_ends_as_expected(fetched: Fetched, scheme: str, name: str) -> None:
    outcome = fetched.outcomes.get(fetched.url(scheme, name), {})
    assert outcome.get("error") == CASES[name].error


@_both(NOTHING)
def test_attempt_without_a_byte_is_no_exchange(fetched: Fetched, scheme: str, name: str) -> None:
    assert fetched.ledgers[fetched.urls[scheme]].of(path_of(name)), "it was asked for"
    assert fetched.url(scheme, name) not in fetched.exchanges


@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_connection_serves_many_exchanges(fetched: Fetched, scheme: str) -> None:
    talks = [talk for talk in fetched.ledgers[fetched.urls[scheme]].conversations if talk.path.startswith("/reuse")]
    assert len(talks) == 20
    assert len({talk.connection for talk in talks}) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["garbage at once", "garbage later"])
def test_connection_with_trailing_garbage_is_not_used_again(fetched: Fetched, scheme: str, name: str) -> None:
    ledger = fetched.ledgers[fetched.urls[scheme]]
    before, after = ledger.of(path_of(f"trailing {name}")), ledger.of(path_of(f"after {name}"))
    assert before[0].connection != after[0].connection
    assert fetched.outcomes[fetched.url(scheme, f"after {name}")]["body"] == len(b"hello")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_hop_of_a_redirect_is_an_exchange(fetched: Fetched, scheme: str) -> None:
    hops = [fetched.exchanges[fetched.url(scheme, name)] for name in ("redirect", "redirect again", "redirected")]
    assert [hop[0]["response"].split()[1] for hop in hops] == [b"301", b"302", b"200"]
    assert fetched.outcomes[fetched.url(scheme, "redirect")]["status"] == 200


@pytest.mark.parametrize("scheme", SCHEMES)
def test_exchange_names_server_and_cipher(fetched: Fetched, scheme: str) -> None:
    for exchanges in fetched.exchanges.values():
        for exchange in exchanges:
            if exchange["url"].startswith(scheme + "://"):
                assert exchange["ip_address"] == "127.0.0.1"
                assert (exchange["tls_version"] or "").startswith("tls/1.") == (scheme == "https")
                assert bool(exchange["tls_cipher"]) == (scheme == "https")


def test_nothing_went_wrong_unseen(fetched: Fetched) -> None:
    assert "Traceback" not in fetched.log
    assert " ERROR: " not in fetched.log
