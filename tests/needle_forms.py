"""Ways to hide a value, to prove that the instrument finds each: spellings, encodings and containers.

Written independently of the instrument: it decodes what is encoded here.
"""

import base64
import bz2
import gzip
import io
import json
import lzma
import pickle
import quopri
import sqlite3
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from contextlib import closing
from datetime import date, timedelta
from html import escape
from urllib.parse import quote, quote_plus

import numpy as np
from anyascii import anyascii
from backports.zstd import compress as zstd


def forms(value):
    """Return every encoding of a value under the name of its form."""
    utf8 = value.encode()
    found = {f"{spelling}": text.encode() for spelling, text in spellings(value).items()}
    found |= {
        f"{encoding}": value.encode(encoding) for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    }
    found |= {f"upper {encoding}": value.upper().encode(encoding) for encoding in ("utf-16-le", "utf-16-be")}
    for spelling, text in spellings(value).items():
        found |= {
            f"base64 of {spelling}, {shift}": base64.b64encode(b"<>?"[:shift] + text.encode()) for shift in range(3)
        }
        found |= {f"hex of {spelling}": text.encode().hex().encode()}
    found |= {
        "base64 for URLs": base64.urlsafe_b64encode(utf8).rstrip(b"="),
        "base64 in lines": base64.encodebytes((utf8 + b"; ") * 20),
        "base64 twice": base64.b64encode(base64.b64encode(utf8)),
        "base64 of UTF-16": base64.b64encode(value.encode("utf-16-le")),
        "base32": base64.b32encode(utf8),
        "base32 in lower case": base64.b32encode(utf8).lower().rstrip(b"="),
        "upper hex": utf8.hex().upper().encode(),
        "hex in pairs": utf8.hex(" ").encode(),
        "hex with prefixes": b", ".join(b"0x%02x" % byte for byte in utf8),
        "hex of base64": base64.b64encode(utf8).hex().encode(),
        "percent": quote(value).encode(),
        "percent with plus": quote_plus(value).encode(),
        "percent twice": quote(quote(value)).encode(),
        "percent, every byte": "".join(f"%{byte:02x}" for byte in utf8).encode(),
        "percent, every byte, upper": "".join(f"%{byte:02X}" for byte in utf8).encode(),
        "JSON": json.dumps(value).encode(),
        "JSON in JSON": json.dumps(json.dumps({"a": value})).encode(),
        "escapes, every character": "".join(f"\\u{unit:04x}" for unit in units(value)).encode(),
        "escapes, every character, upper": "".join(f"\\u{unit:04X}" for unit in units(value)).encode(),
        "escapes, every byte": "".join(f"\\x{byte:02x}" for byte in utf8).encode(),
        "Python": repr(utf8).encode(),
        "quoted-printable": quopri.encodestring(utf8),
        "quoted-printable, every byte": "".join(f"={byte:02X}" for byte in utf8).encode(),
        "quoted-printable over lines": "=\r\n".join(value[at : at + 3] for at in range(0, len(value), 3)).encode(),
        "mail header": b"=?utf-8?b?" + base64.b64encode(utf8) + b"?=",
        "HTML": escape(value).encode("ascii", "xmlcharrefreplace"),
        "HTML, every character": "".join(f"&#{ord(letter)};" for letter in value).encode(),
        "HTML, every character, hex": "".join(f"&#x{ord(letter):x};" for letter in value).encode(),
    }
    return found


def spellings(value):
    """Return how programs respell a text."""
    found = {
        "raw": value,
        "upper": value.upper(),
        "lower": value.lower(),
        "title": value.title(),
        "folded": value.casefold(),
        "decomposed": unicodedata.normalize("NFD", value),
        "no accents": anyascii(value),
        "no accents, lower": anyascii(value).lower(),
    }
    if " " in value:
        found |= {"joined": value.replace(" ", "").lower(), "snake": value.replace(" ", "_").lower()}
    return found


def date_forms(day):
    """Return a date in every order, with and without zeros, and with each separator."""
    orders = {
        "d-m-y": ("{d:02}", "{m:02}", "{y}"),
        "m-d-y": ("{m:02}", "{d:02}", "{y}"),
        "y-m-d": ("{y}", "{m:02}", "{d:02}"),
        "d-m-y short": ("{d}", "{m}", "{y}"),
        "m-d-y short": ("{m}", "{d}", "{y}"),
    }
    found = {"time": f"{day.isoformat()}T00:00:00Z", "words": f"{day:%d %B %Y}", "US words": f"{day:%B %d, %Y}"}
    for order, parts in orders.items():
        separators = (".", "/", "-") if "short" in order else (".", "/", "-", "")
        for separator in separators:
            text = separator.join(parts).format(d=day.day, m=day.month, y=day.year)
            found[f"{order} with {separator or 'nothing'}"] = text
    return {name: text.encode() for name, text in found.items()}


def units(value):
    """Return the UTF-16 units of a text."""
    data = value.encode("utf-16-be")
    return struct.unpack(f">{len(data) // 2}H", data)


def packings(data):
    """Return files that hold `data` in every container, under the name of the container."""
    return {
        "gzip": gzip.compress(data),
        "gzip member after another": gzip.compress(b"first") + gzip.compress(data),
        "gzip cut off": gzip.compress(data + bytes(200))[:-12],
        "zlib": zlib.compress(data),
        "zlib inside": b"\x80\x04head" + zlib.compress(data, 9) + b"tail",
        "bz2": bz2.compress(data),
        "xz": lzma.compress(data),
        "zstd": zstd(data),
        "zip": zipped(data),
        "zip, no directory": zipped(data)[:-60],
        "zip in zip": zipped(zipped(data)),
        "tar.gz": gzip.compress(tarred(data)),
        "WARC": warc(data),
        "WARC, gzip": gzip.compress(warc(data)),
        "WARC, gzip body": gzip.compress(warc(gzip.compress(data))),
        "pickle": pickle.dumps({"body": data, "n": 1}),
        "base64 of gzip": base64.b64encode(gzip.compress(data)),
        "JSON of base64 of zlib": json.dumps({"k": base64.b64encode(zlib.compress(data)).decode()}).encode(),
        "database": database(data),
        "gzip of database": gzip.compress(database(data)),
        "database of gzip": database(gzip.compress(data)),
        "numpy text": np.array(["a", data.decode("latin-1"), "b" * (len(data) + 1)]).tobytes(),
    }


def zipped(data):
    """Return a ZIP file with one compressed member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("member.bin", data)
    return out.getvalue()


def tarred(data):
    """Return a tar file with one member."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("member.bin")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def warc(data):
    """Return one WARC record with an HTTP response."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + data
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return head + body + b"\r\n\r\n"


def database(data):
    """Return an SQLite file that holds the data in a cell among others."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE things (id INTEGER, body BLOB, note TEXT)")
        connection.executemany("INSERT INTO things VALUES (?, ?, ?)", [(1, b"\x01", "one"), (2, data, None)])
        connection.commit()
        return connection.serialize()


def days(count, start=date(1931, 2, 17)):
    """Return some dates far from one another."""
    return [start + timedelta(days=971 * number) for number in range(count)]
