"""The lab itself: what is missing is said, and what is sent is seen."""

import pytest
from lab import harness, servers
from lab.recorder import recorder


def test_a_missing_server_skips_with_a_sentence_and_fails_in_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="install the Debian package nothing"):
        servers.need("no-such-server", "nothing")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="install the Debian package nothing"):
        servers.need("no-such-server", "nothing")


@pytest.mark.server
def test_the_recorder_keeps_every_byte_of_every_request():
    with servers.folder() as root, servers.python_http(root) as server, recorder(server.port) as relay:
        (root / "a.csv").write_text("LEAKED")
        crawled = harness.crawl({"name": "m", "family": "autoindex", "url": relay.url})
        received = bytes(relay.received)
    assert crawled.names() == {"a.csv"}
    assert received.count(b"GET ") == 3
    assert b"GET /a.csv HTTP/1.1\r\n" in received
    assert received.count(b"User-Agent: republication-tracker/") == 3
    for unwanted in (b"Referer:", b"Cookie:", b"Authorization:"):
        assert unwanted not in received
