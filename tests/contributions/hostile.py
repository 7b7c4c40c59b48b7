"""Files that are not what they say, hold what they should not, or would fill the machine: made here, never kept."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image, PngImagePlugin

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'


def picture(format_name: str, size=(8, 6), **options) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", size, "green").save(output, format_name, **options)
    return output.getvalue()


def archive(entries: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", compression) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return output.getvalue()


def renamed(name: bytes, content: bytes = b"x") -> bytes:
    """An archive whose one entry has a name that Python itself would not write."""
    placeholder = "n" * len(name)
    return archive({placeholder: content}, zipfile.ZIP_STORED).replace(placeholder.encode(), name)


def office(kind: str = "wordprocessingml.document", **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": TYPES.format(kind).encode(), "word/document.xml": b"<w/>", **more})


def open_document(kind: str = "text", more: dict[str, bytes] | None = None) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as written:
        written.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, content in {"content.xml": b"<office/>", **(more or {})}.items():
            written.writestr(name, content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def pdf(inside: bytes = b"", before: bytes = b"", after: bytes = b"") -> bytes:
    return (
        before + b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\n%%EOF\n" + after
    )


def compressed_objects(inside: bytes, name: bytes = b"/ObjStm") -> bytes:
    packed = zlib.compress(inside)
    head = b"/Type " + name + b" /Filter /FlateDecode /Length " + str(len(packed)).encode()
    return pdf(after=b"")[:-6] + b"2 0 obj\n<< " + head + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


def huge_png(width: int, height: int) -> bytes:
    """Says that it has so many pixels, and holds next to none of them."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def encrypted() -> bytes:
    """An archive that says of its entry that it is encrypted."""
    data = bytearray(archive({"a.txt": b"x"}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + offset
        data[place] |= 1
    return bytes(data)


def lying(size: int) -> bytes:
    """An archive that says of its entry that it is small, and holds much more."""
    data = bytearray(archive({"a.txt": b"\0" * size}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = struct.pack("<I", 10)
    return bytes(data)


def link() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as written:
        entry = zipfile.ZipInfo("lien")
        entry.external_attr = 0o120777 << 16
        written.writestr(entry, "/etc/passwd")
    return output.getvalue()


def twins() -> bytes:
    data = archive({"a.txt": b"1", "b.txt": b"2"}, zipfile.ZIP_STORED)
    return data.replace(b"b.txt", b"a.txt")


def animated() -> bytes:
    output = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
    frames[0].save(output, "PNG", save_all=True, append_images=frames[1:])
    return output.getvalue()


def hostile_files() -> Iterator[tuple[str, str, bytes]]:
    """What it is, the name that it comes under, and what it holds."""
    yield "empty", "vide.pdf", b""
    yield "a program renamed", "facture.pdf", b"MZ\x90\x00" + b"\0" * 500
    yield "a program under two extensions", "facture.pdf.exe", b"MZ\x90\x00\x03"
    yield "a Linux program", "outil.txt", b"\x7fELF\x02\x01\x01\0"
    yield "a Java class", "a.zip", b"\xca\xfe\xba\xbe\0\0\0\x34"
    yield "a script", "a.txt", b"#!/bin/sh\nrm -rf /\n"
    yield "HTML as PDF", "a.pdf", HTML
    yield "HTML as text", "a.txt", HTML
    yield "HTML as a table", "a.csv", b"a;b\n" + HTML
    yield "HTML far down", "a.txt", b"mot " * 1_000_000 + b"< script >"
    yield "XHTML", "a.txt", b'<?xml version="1.0"?><html/>'
    yield "SVG", "a.svg", SVG
    yield "SVG as an image", "a.png", SVG
    yield "SVG with spaces before", "a.txt", b"\n   " + SVG
    yield "GIF and JavaScript", "a.gif", b"GIF89a/*" + b"\0" * 8 + b"*/=1;alert(1)"
    yield "GIF and JavaScript as text", "a.txt", b"GIF89a=1;alert(1)"
    yield "a real GIF", "a.gif", picture("GIF")
    yield "a bitmap", "a.bmp", picture("BMP")
    yield "a TIFF", "a.tif", picture("TIFF")
    yield "PostScript", "a.txt", b"%!PS-Adobe-3.0\n"
    yield "RTF", "a.txt", b"{\\rtf1 x}"
    yield "old Word", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "7-Zip", "a.zip", b"7z\xbc\xaf\x27\x1c\0\x04"
    yield "RAR", "a.zip", b"Rar!\x1a\x07\x00"
    yield "gzip", "a.zip", b"\x1f\x8b\x08\0\0\0\0\0"
    yield "UTF-16", "a.txt", "texte".encode("utf-16")
    yield "Latin-1", "a.txt", "été".encode("latin-1")
    yield "half a character", "a.txt", "été".encode()[:-1]
    yield "control characters", "a.txt", b"a\x1b[2Jb"
    yield "NUL far down", "a.txt", b"a" * 5000 + b"\0"
    yield "a PDF without end", "a.pdf", pdf()[:-6]
    yield "a PDF and HTML before", "a.pdf", pdf(before=b"%PDF-1.4\n<html><script>alert(1)</script>\n")
    yield "a PDF and HTML behind", "a.pdf", pdf(after=HTML)
    yield "a PDF and a zip behind", "a.pdf", pdf(after=archive({"a.txt": b"x"}))
    yield "HTML and a PDF behind", "a.pdf", HTML + pdf()
    yield "a PDF with a program", "a.pdf", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")
    yield "a PDF with a hidden program", "a.pdf", pdf(b"/OpenAction << /S /Java#53cript /JS (x) >>")
    yield "a PDF with a packed program", "a.pdf", compressed_objects(b"<< /S /JavaScript /JS (x) >>")
    yield "a PDF packed under another name", "a.pdf", compressed_objects(b"<< /S /JavaScript >>", b"/Obj#53tm")
    yield "a PDF that opens programs", "a.pdf", pdf(b"/AA << /S /Launch /F (cmd.exe) >>")
    yield "a PDF that holds files", "a.pdf", pdf(b"/Names << /EmbeddedFiles 3 0 R >>")
    yield "a PDF under a password", "a.pdf", pdf(b"/Encrypt 5 0 R")
    yield "a PDF that unpacks without end", "a.pdf", compressed_objects(b"\0" * 70_000_000)
    yield "a PDF whose objects are damaged", "a.pdf", compressed_objects(b"x").replace(b"\x78\x9c", b"\xff\xff")
    yield "a JPEG cut off", "a.jpg", picture("JPEG", (300, 300))[:400]
    yield "the beginning of a JPEG alone", "a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50
    yield "a PNG cut off", "a.png", picture("PNG")[:40]
    yield "a PNG whose sums are wrong", "a.png", picture("PNG")[:-20] + b"\xff" * 20
    yield "a WebP cut off", "a.webp", picture("WEBP", (90, 90))[:60]
    yield "3,600 million pixels", "a.png", huge_png(60_000, 60_000)
    yield "100 million pixels", "a.png", huge_png(10_000, 10_000)
    yield "one line of pixels without end", "a.png", huge_png(2_000_000_000, 1)
    yield "a moving PNG", "a.png", animated()
    yield "300 MB of zeros", "a.zip", archive({"a.txt": b"\0" * 300_000_000})
    yield "many zeros in ten files", "a.zip", archive({f"{n}.txt": b"\0" * 9_000_000 for n in range(10)})
    yield "10,000 entries", "a.zip", archive({f"{n}.txt": b"" for n in range(10_000)}, zipfile.ZIP_STORED)
    yield "a zip in a zip", "a.zip", archive({"b.zip": archive({"c.txt": b"x"})})
    yield "a zip in a zip under another name", "a.zip", archive({"b.dat": archive({"c.txt": b"x"})})
    yield "an entry that says it is small", "a.zip", lying(5_000_000)
    yield "a way out", "a.zip", archive({"../../etc/passwd": b"x"})
    yield "a way out half-way", "a.zip", archive({"a/../../b": b"x"})
    yield "an absolute name", "a.zip", renamed(b"/etc/passwd")
    yield "a Windows drive", "a.zip", renamed(b"C:a.txt")
    yield "a Windows way out", "a.zip", renamed(b"..\\..\\a.txt")
    yield "NUL in a name", "a.zip", renamed(b"a.txt\0.exe")
    yield "a link", "a.zip", link()
    yield "the same name twice", "a.zip", twins()
    yield "a zip under a password", "a.zip", encrypted()
    yield "a zip cut off", "a.zip", archive({"a.txt": b"x" * 5000})[:-30]
    yield "a zip and more behind", "a.zip", archive({"a.txt": b"x"}) + HTML
    yield "a program in a zip", "a.zip", archive({"lisez-moi.txt": b"MZ\x90\0"})
    yield "a script in a zip", "a.zip", archive({"a.js": b"alert(1)"})
    yield "a page in a zip", "a.zip", archive({"index.html": HTML})
    yield "a document with macros", "a.docm", office("wordprocessingml.document", **{"word/vbaProject.bin": b"x"})
    yield (
        "a document that says it has macros",
        "a.docx",
        archive({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml", "word/a.xml": b""}),
    )
    yield "an open document with macros", "a.odt", open_document(more={"Basic/script.xml": b"x"})
    yield "an open document with scripts", "a.odt", open_document(more={"Scripts/python/a.py": b"x"})
    yield (
        "external entities in a sheet",
        "a.xlsx",
        office(
            "spreadsheetml.sheet", **{"xl/a.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}
        ),
    )
    yield "external entities in a document", "a.odt", open_document(more={"meta.xml": b"<!doctype x>"})
    yield (
        "a document in a document in a document",
        "a.docx",
        office(**{"word/embeddings/a.xlsx": office(**{"word/embeddings/b.xlsx": office(**{"c.xlsx": office()})})}),
    )
    yield "a document that is a bomb", "a.docx", office(**{"word/media/a.bin": b"\0" * 60_000_000})


def photograph() -> bytes:
    """Taken sideways, with the place where it was."""
    image = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Appareil"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)})
    output = io.BytesIO()
    image.save(output, "JPEG", exif=exif, comment=b"<?php system($_GET[0]); ?>")
    return output.getvalue() + b"<?php system($_GET[0]); ?>"


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    return picture("PNG", pnginfo=words)


def good_files() -> Iterator[tuple[str, str, bytes]]:
    """The name that it comes under, the one that it is given, and what it holds."""
    yield "bilan.pdf", "bilan.pdf", pdf()
    yield "bilan.docx", "bilan.pdf", pdf()
    yield "photo.JPG", "photo.jpg", picture("JPEG")
    yield "photo.png", "photo.jpg", picture("JPEG")
    yield "plan.png", "plan.png", picture("PNG")
    yield "plan.webp", "plan.webp", picture("WEBP")
    yield "notes.txt", "notes.txt", "Été".encode()
    yield "notes.md", "notes.txt", "# Été\n\na < b".encode()
    yield "tableau.csv", "tableau.csv", "\ufeffa;b\n1;2\n".encode()
    yield "texte.docx", "texte.docx", office()
    yield "feuille.xlsx", "feuille.xlsx", office("spreadsheetml.sheet")
    yield (
        "diapos.pptx",
        "diapos.pptx",
        office("presentationml.presentation", **{"ppt/embeddings/a.xlsx": office("spreadsheetml.sheet")}),
    )
    yield "texte.zip", "texte.docx", office()
    yield "texte.odt", "texte.odt", open_document()
    yield "feuille.ods", "feuille.ods", open_document("spreadsheet")
    yield "diapos.odp", "diapos.odp", open_document("presentation")
    yield "tout.zip", "tout.zip", archive({"dossier/a.txt": b"x" * 1000, "b.docx": office(), "été.csv": b"a;b"})
