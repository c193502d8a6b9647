"""Reading documents: Markdown, HTML and Word become a title and HTML.

Plain functions on bytes. What they return is not safe to show: the article's field sanitizes it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import mammoth
from chardet import detect
from lxml import etree, html
from markdown_it import MarkdownIt

MAX_BYTES = 20 * 1024 * 1024  # of one document, and of what a compressed one unpacks to
MAX_FILES = 2000
MAX_TOTAL = 200 * 1024 * 1024
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class DocumentError(Exception):
    """Why a document cannot be read: ``damaged``, ``empty``, ``too_large``, ``unknown_kind``."""


@dataclass(frozen=True)
class Document:
    """What was read: title and HTML."""

    title: str
    body: str


def read_document(name: str, content: bytes) -> Document:
    """Read a document by the ending of its name."""
    path = PurePosixPath(name)
    reader = READERS.get(path.suffix.lower())
    if not reader:
        raise DocumentError("unknown_kind")
    if len(content) > MAX_BYTES:
        raise DocumentError("too_large")
    title, body = _split_title(reader(content))
    if not html_has_text(body) and not title:
        raise DocumentError("empty")
    return Document(title or path.stem.replace("_", " ").strip() or path.name, body)


def unpack(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """Return the documents of an archive by their paths, or the document itself."""
    if PurePosixPath(name).suffix.lower() != ".zip":
        return [(name, content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if _is_document(entry)]
            if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
                raise DocumentError("too_large")
            return [(_get_path(entry), archive.read(entry)) for entry in entries]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DocumentError("damaged") from error


def html_has_text(text: str) -> bool:
    """Whether there is anything to see."""
    root = _parse(text)
    return bool(root.text_content().strip()) or root.find(".//img") is not None


def _is_document(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry of an archive is one of ours, and not what systems leave behind."""
    path = PurePosixPath(_get_path(entry))
    hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.lower() in READERS


def _get_path(entry: zipfile.ZipInfo) -> str:
    """Return the path as the archiver meant it: older ones write Russian names as cp866."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("cp866")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _decode(content: bytes) -> str:
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


def _read_markdown(content: bytes) -> str:
    return MARKDOWN.render(_decode(content))


def _read_html(content: bytes) -> str:
    return _decode(content)


def _read_docx(content: bytes) -> str:
    """Read a Word document; pictures stay behind, as they would swell every version."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 5 * MAX_BYTES:
                raise DocumentError("too_large")
        return mammoth.convert_to_html(
            io.BytesIO(content), convert_image=lambda _image: [], external_file_access=False
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


def _parse(text: str) -> html.HtmlElement:
    """Return the tree of any text; what no parser understands is an empty one."""
    clean = "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ")
    try:
        return html.document_fromstring(f"<!doctype html>{clean}")
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<html><body></body></html>")


def _split_title(text: str) -> tuple[str, str]:
    """Return the first main heading, else the title of the page, and the HTML of the rest."""
    root = _parse(text)
    title = " ".join((root.findtext(".//title") or "").split())
    body = root.find("body")
    if body is None:
        return title, ""
    heading = body.find(".//h1")
    if heading is not None and heading.text_content().strip():
        title = " ".join(heading.text_content().split())
        heading.drop_tree()
    inner = [html.tostring(child, encoding="unicode") for child in body]
    return title, ((body.text or "") + "".join(inner)).strip()
