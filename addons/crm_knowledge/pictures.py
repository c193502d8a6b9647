"""Pictures of documents: found in a text, told by their first bytes, handed on apart from it.

A picture is a file of its own. Inside the text it would swell every version and the index.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64decode
from binascii import Error as BrokenBase64
from collections.abc import Callable, Mapping, Sequence
from html import escape
from urllib.parse import unquote

from lxml import html

MAX_PICTURES = 500  # of one document
PLACE = "picture:"  # what stands in the text for a picture, with its number behind
PLACED = re.compile(rf'<img src="{PLACE}(\d+)"')
KEPT = ("alt", "title", "width", "height", "style")
# What every browser shows and what runs nothing: no SVG.
KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
)


def kind_of(content: bytes) -> str:
    """Return the ending of a picture's name by its first bytes; nothing for what is none."""
    for start, ending in KINDS:
        if content.startswith(start):
            return ending
    return "webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def take_pictures(root: html.HtmlElement, find: Callable[[str], bytes]) -> tuple[bytes, ...]:
    """Put numbers in the place of pictures, and return these; what is none is taken out.

    Addresses of the web stay as they are.

    :param find: gives the picture of an address that is not of the web, or nothing
    """
    taken: dict[bytes, int] = {}
    for image in list(root.iter("img")):
        address = (image.get("src") or "").strip()
        if address.lower().startswith(("http://", "https://")):
            continue
        content = _read_inline(address) if address.startswith("data:") else find(address)
        if not kind_of(content) or len(taken) >= MAX_PICTURES:
            image.drop_tree()
            continue
        kept = {name: image.get(name) for name in KEPT if image.get(name)}
        image.attrib.clear()
        # the address first: nothing but a picture of ours begins with `PLACE` then
        image.set("src", f"{PLACE}{taken.setdefault(content, len(taken))}")
        image.attrib.update(kept)
    return tuple(taken)


def place_pictures(body: str, addresses: Sequence[str]) -> str:
    """Return a text with addresses in the place of the numbers of its pictures."""
    return PLACED.sub(lambda place: f'<img src="{escape(addresses[int(place[1])])}"', body)


def find_beside(path: str, pictures: Mapping[str, bytes]) -> Callable[[str], bytes]:
    """Return what finds the pictures of a document by addresses that begin at its folder."""
    folder = posixpath.dirname(path)

    def find(address: str) -> bytes:
        name = unquote(address.partition("?")[0].partition("#")[0])
        return pictures.get(posixpath.normpath(posixpath.join(folder, name)), b"")

    return find


def _read_inline(address: str) -> bytes:
    """Return a picture that is written into its address."""
    head, _comma, content = address.partition(",")
    if not head.endswith(";base64"):
        return b""
    try:
        return b64decode(unquote(content))
    except (BrokenBase64, ValueError):
        return b""
