"""QR codes as inline SVG."""

import io

import segno


def qr_svg(text: str, *, title: str) -> str:
    """Return an SVG element that shows `text` as a QR code and names itself `title` to a screen reader."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, title=title, scale=4, border=2, svgclass="qr", lineclass=None
    )
    return out.getvalue().decode()
