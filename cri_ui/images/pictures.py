"""Pictures of a chart, each with its title and its scope line."""

import html
import io
import re

from PIL import Image, ImageChops

from cri_ui.images import chromium
from cri_ui.images.chromium import PictureError
from cri_ui.images.document import WIDTH, Picture, page_of

# CSS pixels; a chart ends far above. Two dots a pixel are sharp on paper, too.
_HIGHEST = 6000
_DOTS = 2
# Space under what is drawn, in dots.
_FOOT = 24


def png(picture: Picture) -> bytes:
    """A PNG file, 2,000 dots wide, on white. Raises PictureError."""
    taken = chromium.drawn(
        page_of(picture),
        f"--window-size={WIDTH},{_HIGHEST}",
        f"--force-device-scale-factor={_DOTS}",
        "--screenshot=chart.png",
        result="chart.png",
    )
    with Image.open(io.BytesIO(taken)) as image:
        colors = image.convert("RGB")
    blank = Image.new("RGB", colors.size, "#ffffff")
    drawn = ImageChops.difference(colors, blank).getbbox()
    if drawn is None:
        raise PictureError("Chromium drew an empty picture. Try again.")
    found = io.BytesIO()
    colors.crop((0, 0, colors.width, min(drawn[3] + _FOOT * _DOTS, colors.height))).save(
        found, "PNG", optimize=True
    )
    return found.getvalue()


def svg(picture: Picture) -> bytes:
    """An SVG file, whose text is text. Raises PictureError."""
    printed = chromium.drawn(
        page_of(picture, with_svg=True), f"--window-size={WIDTH},{_HIGHEST}", "--dump-dom"
    ).decode()
    found = re.search(r'<pre id="svg">(.*)</pre>', printed, re.DOTALL)
    if found is None:
        raise PictureError("Chromium could not draw the picture. Try again.")
    return html.unescape(found[1]).encode()
