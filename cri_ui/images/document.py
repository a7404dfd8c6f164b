"""A chart as an HTML document of its own: title, figure, and scope line."""

import html
import json
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plotly

_STATIC = Path(__file__).resolve().parents[2] / "static"
_SVG_SCRIPT = Path(__file__).with_name("svg_of_page.js")

# CSS pixels. Wide enough for a slide, narrow enough to read it there.
WIDTH = 1000

_STYLE = """
:root { color-scheme: light; --bar: #0b5cad; --second: #c2571a; --page: #ffffff; }
body {
  box-sizing: border-box; width: %dpx; margin: 0; padding: 28px 32px;
  font: 16px/1.4 "Liberation Sans", Arial, Helvetica, sans-serif;
  color: #1b2631; background: #ffffff;
}
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.25; }
a { color: inherit !important; text-decoration: none !important; border: 0 !important; }
table { border-collapse: collapse; }
.scope { margin-top: 14px !important; font-size: 14px !important; }
"""


@dataclass(frozen=True)
class Picture:
    """A chart to be drawn: a title, a figure (HTML, or Plotly's JSON), and its scope."""

    title: str
    figure: str
    is_plotly: bool
    scope: str
    alt: str


def page_of(picture: Picture, with_svg: bool = False) -> str:
    """The document. With `with_svg`, what stands in it in the end is its SVG.

    Only its own scripts run, and it loads nothing: its policy says so.
    """
    nonce = secrets.token_urlsafe(16)
    figure = '<div id="figure"></div>' if picture.is_plotly else picture.figure
    scripts = _plotly_scripts(picture.figure) if picture.is_plotly else []
    if with_svg:
        scripts.append(f"const ALT = {_json(picture.alt)};\n{_file(_SVG_SCRIPT)}")
    written = "".join(f'<script nonce="{nonce}">{one}</script>' for one in scripts)
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; "
        f"script-src 'nonce-{nonce}'"
    )
    return (
        '<!doctype html><html lang="en-US"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<style>{_STYLE % WIDTH}{_styles()}</style></head>"
        f"<body><h1>{html.escape(picture.title)}</h1>"
        f'<div data-testid="stHtml">{figure}</div>'
        f'<p class="scope">{html.escape(picture.scope)}</p>{written}</body></html>'
    )


def _plotly_scripts(figure: str) -> list[str]:
    return [
        _file(Path(plotly.__file__).with_name("package_data") / "plotly.min.js"),
        f"const FIGURE = {_for_script(figure)};"
        "FIGURE.config = {staticPlot: true, displayModeBar: false};"
        "window.drawn = Plotly.newPlot('figure', FIGURE);",
    ]


def _json(text: str) -> str:
    return _for_script(json.dumps(text))


def _for_script(text: str) -> str:
    # Text from the data can't end the script: "<" is the same in JSON.
    return text.replace("<", "\\u003c")


def _styles() -> str:
    return "".join(_file(_STATIC / name) for name in ("frame.css", "state-map.css"))


@cache
def _file(path: Path) -> str:
    return path.read_text(encoding="utf-8")
