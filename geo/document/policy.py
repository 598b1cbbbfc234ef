"""The page's Content-Security-Policy, by the hashes of its own scripts and styles."""

import base64
import hashlib
import re

from geo.document.tiles import OnlineTiles

INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def content_security_policy(page: str, online: OnlineTiles | None) -> str:
    """A Content-Security-Policy that allows this page's own scripts and styles and nothing else.

    The worker that paints the basemap is made from the page's own source, hence `blob:`.
    """
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, text in INLINE.findall(page):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[tag].append(f"'sha256-{digest}'")
    rules = (
        "default-src 'none'",
        f"script-src {' '.join(hashes['script'])}",
        f"style-src {' '.join(hashes['style'])}",
        "worker-src blob:",
        f"img-src data: blob:{f' {online.origin}' if online else ''}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'
