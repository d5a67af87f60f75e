"""Build categories.json: 6 industries, 17 groups and 26 product sets of decision 26/2026."""

from typing import Any

from words import both, lines, slug, unique


def build() -> list[dict[str, Any]]:
    """Return the categories in the order of the decision, parents before children."""
    taken = {"vi": set[str](), "en": set[str]()}
    built = []
    for code, parent, name_vi, label_vi, name_en, label_en, icon, ministries in lines(
        "categories.psv"
    ):
        level = "set" if code.isdigit() else "group" if "." in code else "industry"
        ending = {
            "industry": ("nganh", "industry"),
            "group": ("nhom", "group"),
            "set": ("bo", "set"),
        }
        built.append(
            {
                "code": code,
                "level": level,
                "parent": parent or None,
                "name": both(name_vi, name_en),
                "label": both(label_vi, label_en),
                "slug": both(
                    unique(slug(label_vi), taken["vi"], ending[level][0]),
                    unique(slug(label_en), taken["en"], ending[level][1]),
                ),
                "icon": icon,
                "lead_ministries": ministries.split(","),
            },
        )
    return built
