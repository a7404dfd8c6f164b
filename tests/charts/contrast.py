"""The contrast of WCAG 2 between two colors."""

Color = str | tuple[float, ...]


def ratio(one: Color, other: Color) -> float:
    """From 1 (alike) to 21; a color is "#rrggbb", or three channels from 0 to 255."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    if isinstance(color, str):
        color = tuple(bytes.fromhex(color.removeprefix("#")))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
