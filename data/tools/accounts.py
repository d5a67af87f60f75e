"""Build accounts.json: one demonstration account for each role."""

from typing import Any

from words import both


def build(
    products: list[dict[str, Any]],
    villages: list[dict[str, Any]],
    showrooms: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the accounts, each with the role and the place or body that it acts for."""
    tea = next(p for p in products if p["also_known_as"])
    many = largest_seller(products)
    shop = max(showrooms, key=lambda s: len(s["stocks"]))
    village = villages[0]
    made = [
        ("shopper", "Nguyễn Thị Lan", "shopper", None, both("Người mua hàng", "Shopper")),
        (
            "producer",
            "Trần Văn Hòa",
            "producer_owner",
            f"producer:{many}",
            both("Chủ thể có nhiều mặt hàng", "Producer with many listings"),
        ),
        (
            "tea",
            "Triệu Thị Mây",
            "producer_owner",
            f"producer:{tea['producer']}",
            both("Chủ thể bán chè Shan tuyết", "Producer of Shan tuyết tea"),
        ),
        (
            "showroom",
            "Phạm Minh Đức",
            "showroom_staff",
            f"showroom:{shop['key']}",
            both("Nhân viên điểm bán", "Showroom staff"),
        ),
        (
            "host",
            "Hoàng Thị Sen",
            "village_host",
            f"village:{village['key']}",
            both("Chủ nhà đón khách", "Village host"),
        ),
        (
            "commune",
            "Lê Quang Huy",
            "officer",
            f"commune:{tea_commune(products)}",
            both("Cán bộ xã", "Commune officer"),
        ),
        (
            "province",
            "Vũ Thị Hạnh",
            "officer",
            f"province:{village['province_code']}",
            both("Cán bộ tỉnh", "Province officer"),
        ),
        (
            "centre",
            "Đỗ Anh Tuấn",
            "officer",
            "centre",
            both("Cán bộ trung ương", "Officer at the centre"),
        ),
        (
            "operator",
            "Bùi Thu Trang",
            "operator",
            None,
            both("Người vận hành chợ", "Market operator"),
        ),
    ]
    return [
        {
            "email": f"{who}@chophien.example",
            "name": name,
            "role": role,
            "scope": scope,
            "what": what,
        }
        for who, name, role, scope, what in made
    ]


def largest_seller(products: list[dict[str, Any]]) -> str:
    """Return the key of the producer with most listings."""
    sold: dict[str, int] = {}
    for product in products:
        if product["listing"] is not None:
            sold[product["producer"]] = sold.get(product["producer"], 0) + 1
    return max(sold, key=lambda key: sold[key])


def tea_commune(products: list[dict[str, Any]]) -> str:
    """Return the commune of the best-known tea of Tân Cương, where several products are registered."""
    return next(str(p["commune_code"]) for p in products if p["row"] == 148)  # noqa: PLR2004
