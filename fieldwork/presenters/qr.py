"""A QR code as SVG, with the white margin that scanners need. No Django here."""

from io import BytesIO

import segno


def qr_svg(address: str, *, title: str, css_class: str) -> str:
    """Level M; black on white; scales with its box, since it has a view box and no size."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        title=title,
        svgclass=css_class,
        lineclass=None,
        nl=False,
    )
    return out.getvalue().decode()
