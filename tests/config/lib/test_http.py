"""Calls outside: which addresses may be asked, and that a guard stands where connections are made."""

import socket

import httpx
import pytest

from config.lib.http import NotAllowed, TooLarge, Unreachable, fetch, is_private, make_client, redacted
from creators.providers.demo_server import Said, running


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.1.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("255.255.255.255", True),
        ("::1", True),
        ("::", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("ff02::1", True),
        ("::ffff:10.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("2002:7f00:1::", True),
        ("64:ff9b::7f00:1", True),
        ("64:ff9b::808:808", False),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
    ],
)
def test_which_addresses_are_private(address, private):
    assert is_private(address) is private


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "2130706433", "127.1"])
def test_every_name_of_this_machine_is_refused(host):
    with make_client(seconds=0.3, private_hosts=[]) as client, pytest.raises((NotAllowed, Unreachable)):
        fetch(client, f"http://{host}:9/")


def test_a_private_host_can_be_allowed_by_name_and_port():
    with running(lambda asked: Said(b"ok")) as server:
        with make_client(private_hosts=[server.host]) as client:
            assert fetch(client, server.address).body == b"ok"
        with make_client(private_hosts=["127.0.0.1:1"]) as client, pytest.raises(NotAllowed):
            fetch(client, server.address)


def test_a_public_name_that_resolves_to_this_machine_is_refused(monkeypatch):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answer)

    with make_client(private_hosts=[]) as client, pytest.raises(NotAllowed) as caught:
        fetch(client, "http://example.com/")

    assert str(caught.value) == "example.com is a private address, which we do not ask."


def test_a_redirect_stays_on_its_host_and_keeps_its_headers():
    def answer(asked):
        return (
            Said(b"", 302, {"Location": "/there"}) if asked.path == "here" else Said(asked.headers["x-key"].encode())
        )

    with running(answer) as server, make_client(private_hosts=[server.host]) as client:
        assert fetch(client, f"{server.address}/here", headers={"X-Key": "a"}).body == b"a"


def test_the_environment_cannot_send_us_through_a_proxy(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    with running(lambda asked: Said(b"ok")) as server, make_client(private_hosts=[server.host]) as client:
        assert fetch(client, server.address).body == b"ok"


@pytest.mark.parametrize(
    "address", ["", "nonsense", "file:///etc/passwd", "http://", "http://a b/", "http://x:99999/"]
)
def test_what_is_no_address_is_a_failure_like_any_other(address):
    with make_client(private_hosts=[]) as client, pytest.raises((Unreachable, NotAllowed)):
        fetch(client, address)


def test_an_answer_has_a_largest_size():
    with (
        running(lambda asked: Said(b"x" * 2000)) as server,
        make_client(private_hosts=[server.host]) as client,
        pytest.raises(TooLarge),
    ):
        fetch(client, server.address, max_bytes=1000)


def test_certificates_are_checked():
    with make_client(private_hosts=[]) as client:
        transport = client._transport
        assert isinstance(transport, httpx.HTTPTransport)
        context = transport._pool._ssl_context  # type: ignore[attr-defined]
        assert context and context.check_hostname


def test_secrets_are_taken_out_of_texts():
    assert redacted("key abc and abc", ["abc", ""]) == "key [key] and [key]"
