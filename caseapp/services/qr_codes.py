"""QR codes for printed pages; they lead to a page and carry nothing secret."""

from caseapp.gateways.qr_code import qr_svg


def tracking(address: str) -> str:
    """Return an SVG that opens the tracking page for one case number; the query code is never in it."""
    return qr_svg(address, title="打开查询进度页的二维码")
