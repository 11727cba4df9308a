"""Whether the service on this machine answers, for the health check of a container: exit status 0 or 1.

``python live.py [PORT]``; asks ``/healthz`` and nothing else, imports nothing of the product.
"""

from __future__ import annotations

import http.client
import sys

PORT = 8000
_SECONDS = 4


def answers(port: int) -> bool:
    """Whether ``/healthz`` on this machine answers well."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if answers(int(sys.argv[1]) if len(sys.argv) > 1 else PORT) else 1)
