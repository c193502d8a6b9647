"""Writing articles as a folder of HTML pages with their pictures and a list of contents.

Plain functions: what is written, and who may have it, is decided before. The import reads such a
folder back: folders are called like categories, and a page begins with its title.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from lxml import html

from .documents import CONTENTS_MARK
from .pictures import kind_of

FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')  # in names of files, on any system
MAX_NAME = 80
PICTURE = re.compile(r"^/web/image/(\d+)(?!\d)")
PICTURES = "pictures"
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "img{max-width:100%}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem}"
)


@dataclass(frozen=True)
class Sheet:
    """An article to write: its texts, the categories it stands in, and what is said of it."""

    title: str
    body: str
    summary: str = ""
    lang: str = ""
    folders: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def write_folder(
    name: str, sheets: Sequence[Sheet], pictures: Mapping[int, bytes], address: str = ""
) -> bytes:
    """Return a zip archive of pages.

    :param name: what the list of contents is called
    :param pictures: those that texts show, by the number in their address
    :param address: of the server, put before what texts link to there
    """
    target = io.BytesIO()
    paths = _make_paths(sheets)
    shown: dict[str, bytes] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet, path in zip(sheets, paths, strict=True):
            body = _carry_over(sheet.body, path, pictures, shown, address)
            page = f"<h1>{escape(sheet.title)}</h1>\n{body}"
            archive.writestr(path, _make_page(sheet.title, page, sheet.lang))
        for path, content in shown.items():
            archive.writestr(path, content)
        archive.writestr("index.html", _make_contents(name, sheets, paths))
    return target.getvalue()


def find_pictures(body: str) -> set[int]:
    """Return the numbers of the pictures a text shows."""
    numbers = (_get_number(image.get("src") or "") for image in _parse(body).iter("img"))
    return {number for number in numbers if number}


def make_name(title: str) -> str:
    """Return a title as every system lets a file be called."""
    name = " ".join(FORBIDDEN.sub(" ", title).split())[:MAX_NAME].strip(". ")
    return name or "_"


def _make_paths(sheets: Sequence[Sheet]) -> list[str]:
    """Return where each page stands; two of one name get numbers, whatever the case of letters."""
    taken: set[str] = {"index.html"}
    paths = []
    for sheet in sheets:
        start = posixpath.join(*map(make_name, sheet.folders), make_name(sheet.title))
        path, number = f"{start}.html", 1
        while path.lower() in taken:
            number += 1
            path = f"{start} ({number}).html"
        taken.add(path.lower())
        paths.append(path)
    return paths


def _carry_over(body, path, pictures, shown, address) -> str:
    """Return a text whose pictures are files of the folder; note these in ``shown``."""
    root = _parse(body)
    above = "../" * path.count("/")
    for image in list(root.iter("img")):
        source = image.get("src") or ""
        content = pictures.get(_get_number(source), b"")
        if kind := kind_of(content):
            place = f"{PICTURES}/{_get_number(source)}.{kind}"
            shown[place] = content
            image.set("src", f"{above}{place}")
            image.attrib.pop("srcset", None)
        elif not source.startswith(("http://", "https://", "data:")):
            image.drop_tree()  # not for whoever takes the folder along, or not there
    for link in root.iter("a"):
        if (link.get("href") or "").startswith("/"):
            link.set("href", f"{address}{link.get('href')}")
    inner = [html.tostring(child, encoding="unicode") for child in root]
    return escape(root.text or "", quote=False) + "".join(inner)


def _make_page(title: str, body: str, lang: str, head: str = "") -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(lang.replace("_", "-"))}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"{head}<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body>{body}</body></html>\n"
    )


def _make_contents(name: str, sheets: Sequence[Sheet], paths: Sequence[str]) -> str:
    """Return the page that lists all others by their folders."""
    by_folder: dict[tuple[str, ...], list[str]] = {}
    for sheet, path in zip(sheets, paths, strict=True):
        facts = " · ".join(escape(fact) for fact in sheet.facts if fact)
        by_folder.setdefault(sheet.folders, []).append(
            f'<li><a href="{quote(path)}">{escape(sheet.title)}</a>'
            f"<br>{escape(sheet.summary)} <small>{facts}</small></li>"
        )
    parts = [
        f"<h2>{escape(' / '.join(folders))}</h2><ul>{''.join(lines)}</ul>"
        for folders, lines in sorted(by_folder.items())
    ]
    mark = f'<meta name="{CONTENTS_MARK}" content="1">'
    return _make_page(name, f"<h1>{escape(name)}</h1>\n{''.join(parts)}", "", mark)


def _get_number(address: str) -> int:
    match = PICTURE.match(address)
    return int(match[1]) if match else 0


def _parse(body: str) -> html.HtmlElement:
    """Return the tree of a text, within one element."""
    return html.fragment_fromstring(body or "", create_parent="div")
