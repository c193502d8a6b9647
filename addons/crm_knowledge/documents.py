"""Reading documents: Markdown, HTML and Word become a title, HTML and pictures.

Plain functions on bytes. What they return is not safe to show: the article's field sanitizes it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath

import mammoth
from chardet import detect
from lxml import etree, html
from markdown_it import MarkdownIt

from .pictures import find_beside, kind_of, take_pictures

MAX_BYTES = 20 * 1024 * 1024  # of one document, and of what a compressed one unpacks to
MAX_FILES = 2000
MAX_TOTAL = 200 * 1024 * 1024
CONTENTS_MARK = "crm-knowledge-contents"  # the page that an export lists its articles on
WORD_PICTURE = "/word/"  # no path of an archive begins with /
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class DocumentError(Exception):
    """Why a document cannot be read.

    ``damaged``, ``empty``, ``too_large``, ``unknown_kind``, ``contents``, ``no_pages``,
    ``cut_off``.
    """


@dataclass(frozen=True)
class Document:
    """What was read: title, HTML, and pictures, which the HTML names ``picture:0`` and so on."""

    title: str
    body: str
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Folder:
    """What was unpacked: documents and pictures by their paths."""

    documents: tuple[tuple[str, bytes], ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def read_document(
    name: str, content: bytes, pictures: Mapping[str, bytes] | None = None
) -> Document:
    """Read a document by the ending of its name.

    :param pictures: those that came with it, by their paths
    """
    path = PurePosixPath(name)
    reader = _get_reader(name)
    if not reader:
        raise DocumentError("unknown_kind")
    if len(content) > MAX_BYTES:
        raise DocumentError("too_large")
    found = dict(pictures or {})
    root = _parse(reader(content, found))
    if root.find(f".//meta[@name='{CONTENTS_MARK}']") is not None:
        raise DocumentError("contents")
    taken = take_pictures(root, find_beside(name, found))
    title, body = _split_title(root)
    if not html_has_text(body) and not title:
        raise DocumentError("empty")
    return Document(title or path.stem.replace("_", " ").strip() or path.name, body, taken)


def unpack(name: str, content: bytes) -> Folder:
    """Return what an archive holds, or the document itself."""
    if PurePosixPath(name).suffix.lower() != ".zip":
        return Folder(((name, content),))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if _is_ours(entry)]
            if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
                raise DocumentError("too_large")
            files = [(_get_path(entry), archive.read(entry)) for entry in entries]
    except DocumentError:
        raise
    except Exception as error:  # whatever a damaged archive makes a reader raise
        raise DocumentError("damaged") from error
    return Folder(
        tuple((path, file) for path, file in files if _get_reader(path)),
        {path: file for path, file in files if kind_of(file)},
    )


def read_html(title: str, text: str) -> Document:
    """Return HTML that came without a file, its inline pictures taken out."""
    root = _parse(text)
    taken = take_pictures(root, lambda _address: b"")
    return Document(title, _get_inner(root.find("body")), taken)


def check_archive(content: bytes) -> None:
    """Refuse a compressed document that unpacks to too much."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > 5 * MAX_BYTES:
            raise DocumentError("too_large")


def html_has_text(text: str) -> bool:
    """Whether there is anything to see."""
    root = _parse(text)
    return bool(root.text_content().strip()) or root.find(".//img") is not None


def _is_ours(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a document or a picture, and not what systems leave behind."""
    path = PurePosixPath(_get_path(entry))
    hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.lower() in {*READERS, *PICTURES}


def _get_path(entry: zipfile.ZipInfo) -> str:
    """Return the path as the archiver meant it: older ones write Russian names as cp866."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("cp866")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def decode(content: bytes) -> str:
    """Return the text, whatever it was saved as."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = detect(content[:100_000])["encoding"] or "cp1252"
        try:
            return content.decode(guess, errors="replace")
        except LookupError:
            return content.decode("cp1252", errors="replace")


def _read_markdown(content: bytes, _pictures: dict[str, bytes]) -> str:
    return MARKDOWN.render(decode(content))


def _read_html(content: bytes, _pictures: dict[str, bytes]) -> str:
    return decode(content)


def _read_docx(content: bytes, pictures: dict[str, bytes]) -> str:
    """Read a Word document; its pictures are put beside those that came with it."""

    def note(image) -> dict[str, str]:
        address = f"{WORD_PICTURE}{len(pictures)}"
        with image.open() as source:
            pictures[address] = source.read(MAX_BYTES)
        return {"src": address}

    try:
        check_archive(content)
        return mammoth.convert_to_html(
            io.BytesIO(content),
            convert_image=mammoth.images.img_element(note),
            external_file_access=False,
        ).value
    except DocumentError:
        raise
    except Exception as error:  # whatever a damaged file makes a parser raise
        raise DocumentError("damaged") from error


READERS = {
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
}


def _get_reader(path: str) -> Callable[[bytes, dict[str, bytes]], str] | None:
    return READERS.get(PurePosixPath(path).suffix.lower())


def _parse(text: str) -> html.HtmlElement:
    """Return the tree of any text; what no parser understands is an empty one."""
    clean = "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ")
    try:
        return html.document_fromstring(f"<!doctype html>{clean}")
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<html><body></body></html>")


def _split_title(root: html.HtmlElement) -> tuple[str, str]:
    """Return the first main heading, else the title of the page, and the HTML of the rest."""
    title = " ".join((root.findtext(".//title") or "").split())
    body = root.find("body")
    if body is None:
        return title, ""
    heading = body.find(".//h1")
    if heading is not None and heading.text_content().strip():
        title = " ".join(heading.text_content().split())
        heading.drop_tree()
    return title, _get_inner(body)


def _get_inner(body: html.HtmlElement | None) -> str:
    if body is None:
        return ""
    inner = [html.tostring(child, encoding="unicode") for child in body]
    return (escape(body.text or "", quote=False) + "".join(inner)).strip()
