"""Writes the JPEG files that the tests of GenNet.Images read, and the pixels that Pillow decodes from them.

    python3 tests/reference/make_image_files.py
"""

import json
import pathlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent.parent / "GenNet.Tests" / "Images" / "files"
HEIGHT, WIDTH = 19, 26


def shade(row, column):
    """Smooth, so that what a decoder does with halved colours shows little."""
    return 10 * row + 40, 8 * column + 20, 200 - 4 * row - 3 * column


def main():
    image = Image.new("RGB", (WIDTH, HEIGHT))
    image.putdata([shade(row, column) for row in range(HEIGHT) for column in range(WIDTH)])
    files = {
        "baseline.jpg": (image, dict(subsampling=0)),
        "halved.jpg": (image, dict(subsampling=2)),
        "progressive.jpg": (image, dict(subsampling=0, progressive=True)),
        "grey.jpg": (image.convert("L"), {}),
    }
    pixels = {}
    for name, (picture, options) in files.items():
        picture.save(FOLDER / name, quality=92, **options)
        pixels[name] = list(Image.open(FOLDER / name).convert("RGB").tobytes())
    (FOLDER / "pixels.json").write_text(json.dumps(pixels))


if __name__ == "__main__":
    main()
