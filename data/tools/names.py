"""Build demonstration-names.json: words from which load tests compose products."""

from typing import Any

from words import both, lines


def build() -> dict[str, Any]:
    """Return stems and qualifiers; a name is stem, qualifier and commune in the language's order."""
    return {
        "illustrative": True,
        "pattern": both("{stem} {qualifier} {commune}", "{commune} {qualifier} {stem}"),
        "stems": [
            {
                "name": both(vi, en),
                "category": category,
                "net_quantity": int(net),
                "net_unit": unit,
                "price_min": int(least),
                "price_max": int(greatest),
            }
            for vi, en, category, net, unit, _, least, greatest in lines("stems.psv")
        ],
        "qualifiers": [both(vi, en) for vi, en in lines("qualifiers.psv")],
    }
