"""robots.txt as RFC 9309 reads it: what a missing, a broken and an unreachable one mean."""

from dataclasses import dataclass
from typing import Any

from pipelines.items import Reason
from tracker.crawling.agent import user_agent

_LARGEST = 500 * 1024
_LONGEST_DELAY = 60.0


@dataclass(frozen=True)
class RobotsRules:
    """What a site allows; `unavailable` is why its robots.txt could not be read, which forbids everything."""

    unavailable: Reason | None = None
    parsed: Any = None

    def allows(self, url: str) -> bool:
        """Say whether this program may fetch the URL."""
        if self.unavailable is not None:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, _token()))

    @property
    def delay(self) -> float:
        """The pause between two requests that the site asks for, within reason; 0 when it asks for none."""
        asked = self.parsed.crawl_delay(_token()) if self.parsed is not None else None
        return min(float(asked), _LONGEST_DELAY) if asked else 0.0


def rules_from(status: int, body: bytes) -> RobotsRules:
    """Read the answer to /robots.txt: 4xx allows everything, 429 and 5xx nothing."""
    if status == 429:
        return RobotsRules(unavailable=Reason.RATE_LIMITED)
    if status >= 500:
        return RobotsRules(unavailable=Reason.SERVER_ERROR)
    if status >= 300 or not body.strip():
        return RobotsRules()
    from protego import Protego

    return RobotsRules(parsed=Protego.parse(body[:_LARGEST].decode("utf-8", errors="replace")))


def _token() -> str:
    return user_agent(None)
