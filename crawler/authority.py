"""The way to a time stamp authority: one POST (RFC 3161, section 3.4)."""

import http.client
from urllib.parse import urlsplit

from crawler.errors import ConfigError

TIMEOUT_S = 20
ANSWER_LIMIT = 1024 * 1024


def ask_authority(url: str, request: bytes) -> bytes:
    """The answer of the authority at `url` to a request in DER. Redirects are not followed.

    Raises: ConfigError where it cannot be asked, or answers with something else.
    """
    parts = urlsplit(url)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    if parts.scheme not in kinds or not parts.hostname or parts.username:
        bare = url.rpartition("@")[2]  # there may be a password
        raise ConfigError(f"{bare[:200]} is no address of a time stamp authority")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = kinds[parts.scheme](parts.hostname, parts.port, timeout=TIMEOUT_S)
        try:
            kind = {"Content-Type": "application/timestamp-query"}
            connection.request("POST", path, body=request, headers=kind)
            answer = connection.getresponse()
            body: bytes = answer.read(ANSWER_LIMIT + 1)
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise ConfigError(f"{parts.hostname} does not answer: {error}") from error
    if answer.status != 200 or len(body) > ANSWER_LIMIT:
        raise ConfigError(f"{parts.hostname} gives no time stamp: status {answer.status}")
    return body
