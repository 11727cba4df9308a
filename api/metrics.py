"""Figures of the running service as Prometheus reads them, written by hand: counters and sums, no names of people."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping

_BOUNDS = (0.05, 0.1, 0.3, 1.0, 3.0, 10.0)  # seconds


class Metrics:
    """Requests answered by this process since it began."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answered: Counter[tuple[str, str, int]] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered; ``route`` is the template of the path, so that ids do not multiply the series."""
        with self._lock:
            self._answered[method, route, status] += 1
            self._seconds += seconds
            for bound in _BOUNDS:
                self._within[bound] += seconds <= bound

    def lines(self) -> Iterator[str]:
        """The figures of this process."""
        with self._lock:
            answered, within, seconds = dict(self._answered), dict(self._within), self._seconds
        yield "# TYPE saraptama_requests_total counter"
        for (method, route, status), count in sorted(answered.items()):
            labels = f'method="{_escaped(method)}",route="{_escaped(route)}",status="{status}"'
            yield f"saraptama_requests_total{{{labels}}} {count}"
        yield "# TYPE saraptama_request_seconds histogram"
        for bound in _BOUNDS:
            yield f'saraptama_request_seconds_bucket{{le="{bound}"}} {within.get(bound, 0)}'
        yield f'saraptama_request_seconds_bucket{{le="+Inf"}} {sum(answered.values())}'
        yield f"saraptama_request_seconds_sum {seconds:.6f}"
        yield f"saraptama_request_seconds_count {sum(answered.values())}"


def work_lines(work: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """How much work waits: kind → status → number."""
    for kind, by_status in work.items():
        yield f"# TYPE saraptama_{kind} gauge"
        for status, count in sorted(by_status.items()):
            yield f'saraptama_{kind}{{status="{_escaped(status)}"}} {count}'


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
