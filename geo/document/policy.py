"""The page's Content-Security-Policy, by the hashes of its own scripts and styles."""

import base64
import hashlib
from collections.abc import Iterable

from geo.document.tiles import OnlineTiles


def content_security_policy(
    scripts: Iterable[str], styles: Iterable[str], online: OnlineTiles | None
) -> str:
    """A `<meta>` with a policy that allows these inline scripts and styles and nothing else.

    The worker that paints the basemap is made from the page's own source, hence `blob:`. With
    `online` pictures of that server are allowed. https://www.w3.org/TR/CSP3/
    """
    rules = (
        "default-src 'none'",
        f"script-src {_hashes(scripts)}",
        f"style-src {_hashes(styles)}",
        "worker-src blob:",
        f"img-src data: blob:{f' {online.origin}' if online else ''}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()) for text in texts)
    return " ".join(f"'sha256-{digest.decode()}'" for digest in digests)
