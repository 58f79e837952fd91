"""Pictures that are broken, bigger than they look, or something else as well."""

import struct
import zlib

from tests.hostile import good

PNG = b"\x89PNG\r\n\x1a\n"
MEGA = 1_000_000


def chunk(name, data, *, crc=None):
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc or zlib.crc32(name + data))


def head(width, height, *, bits=8, colour=2):
    """Return the head of a PNG."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))


def with_chunk(name, data):
    """Return a good PNG with one more chunk before its picture."""
    whole = good.png()
    place = whole.index(b"IDAT") - 4
    return whole[:place] + chunk(name, data) + whole[place:]


def nine_hundred_megapixels():
    """Return 110 kB that decode to 900 million pixels."""
    engine, row = zlib.compressobj(9), b"\0" * (1 + 30_000 // 8)
    data = b"".join(engine.compress(row * 1000) for _part in range(30)) + engine.flush()
    return PNG + head(30_000, 30_000, bits=1, colour=0) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def packed(megabytes, *, of=b"\0", before=b"", behind=b""):
    """Return a lot of nothing in a few bytes."""
    engine = zlib.compressobj(1)
    parts = [engine.compress(before), *(engine.compress(of * MEGA) for _part in range(megabytes))]
    return b"".join(parts) + engine.compress(behind) + engine.flush()


def jpeg_of(width, height):
    """Return a good JPEG that claims another size."""
    whole = bytearray(good.jpeg())
    place = whole.index(b"\xff\xc0") + 5
    whole[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def refused():
    """Return by name: the name of a file, its bytes or who makes them, and what the sentence about it must say."""
    whole, photo = good.png(), good.jpeg()
    return {
        "png cut in the middle": ("a.png", whole[: len(whole) // 2], "damaged"),
        "png that is a head alone": ("a.png", PNG + head(10, 10), "damaged"),
        "png that is a signature alone": ("a.png", PNG, "damaged"),
        "png with a wrong sum": ("a.png", PNG + chunk(b"IHDR", head(9, 9)[8:21], crc=7) + whole[33:], "damaged"),
        "png of no size": ("a.png", PNG + head(0, 0) + chunk(b"IDAT", b""), "damaged"),
        "png of the largest size": ("a.png", PNG + head(2**31 - 1, 2**31 - 1), "damaged"),
        "png of 900 megapixels": ("a.png", nine_hundred_megapixels, "900 million pixels"),
        "png with 100 MB of packed text": ("a.png", lambda: with_chunk(b"zTXt", b"k\0\0" + packed(100)), "damaged"),
        "png with 100 MB of international text": (
            "a.png",
            lambda: with_chunk(b"iTXt", b"k\0\1\0\0\0" + packed(100)),
            "damaged",
        ),
        "png with a colour profile of 100 MB": ("a.png", lambda: with_chunk(b"iCCP", b"k\0\0" + packed(100)), ""),
        "png with garbage as picture": ("a.png", PNG + head(10, 10) + chunk(b"IDAT", b"\xff" * 400), "damaged"),
        "jpeg cut in the middle": ("a.jpg", photo[: len(photo) * 2 // 3], "damaged"),
        "jpeg that is a signature alone": ("a.jpg", b"\xff\xd8\xff\xe0", "damaged"),
        "jpeg full of garbage": ("a.jpg", b"\xff\xd8\xff" + bytes(range(256)) * 40, "damaged"),
        "jpeg of 4,000 megapixels": ("a.jpg", jpeg_of(65_500, 65_500), "million pixels"),
        "script behind the signature of a jpeg": ("a.jpg", b"\xff\xd8\xff<script>alert(1)</script>", "damaged"),
    }


def taken():
    """Return by name: the name of a file and its bytes. They are taken, and nothing but the picture stays."""
    tail = good.CANARY.encode()
    return {
        "jpeg with place, author and comment": ("a.jpg", good.jpeg()),
        "png with text and place": ("a.png", good.png()),
        "png in grey with 16 bits": ("a.png", good.png(mode="I;16")),
        "png of one bit": ("a.png", good.png(mode="1")),
        "png with a palette": ("a.png", good.png(mode="P")),
        "png with transparency": ("a.png", good.png(mode="RGBA")),
        "png that moves": ("a.png", good.moving_png()),
        "png called pdf": ("a.pdf", good.png()),
        "png with an archive behind it": ("a.png", good.png() + b"PK\x03\x04" + tail),
        "png with a page behind it": ("a.html", good.png() + b"<html><script>" + tail),
        "jpeg on its side": ("a.jpg", good.jpeg(orientation=6)),
        "jpeg for printers": ("a.jpg", good.jpeg(mode="CMYK")),
        "jpeg of a phone": ("a.jpg", good.phone_jpeg()),
        "jpeg called svg": ("a.svg", good.jpeg()),
        "jpeg with a program behind it": ("a.jar", good.jpeg() + b"PK\x03\x04META-INF" + tail),
    }
