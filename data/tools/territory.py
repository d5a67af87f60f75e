"""Find the commune and province of 2026 behind a place printed before the mergers."""

from typing import Any

from words import DATA, Row, fold, load, read_csv

PREFIXES = {
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "town",
    "đặc khu": "special zone",
}


class Territory:
    """The provinces and communes of 2026 and the former communes that went into them."""

    def __init__(self) -> None:
        self.provinces: list[dict[str, Any]] = load("places/provinces.json")["provinces"]
        self.communes = read_csv(DATA / "places" / "communes.csv")
        self.legacy = read_csv(DATA / "places" / "legacy.csv")
        self.name = {p["code"]: p["name_vi"] for p in self.provinces}
        self.by_former: dict[str, str] = {}
        for province in self.provinces:
            self.by_former[fold(province["name_vi"])] = province["code"]
        for province in self.provinces:
            for part in province["merged_from"]:
                plain = part["name_vi"].removeprefix("Tỉnh ").removeprefix("Thành phố ")
                self.by_former[fold(plain)] = province["code"]
        self.by_former["thua thien hue"] = "46"

    def province(self, former: str) -> str:
        """Return the code of 2026 of a province named as before or after the mergers."""
        return self.by_former[fold(former)]

    def commune(self, name: str, district: str, former: str) -> str | None:
        """Return the commune of 2026 for a former commune, or None when it is not certain."""
        if not name:
            return None
        province = self.province(former)
        found = {
            row["new_code"]
            for row in self.legacy
            if row["is_default"] == "1"
            and row["new_province_code"] == province
            and fold(row["old_ward"]) == fold(name)
            and fold(former) in fold(row["old_province"])
            and (not district or fold(district) in fold(row["old_district"]))
        }
        if not found:
            found = {
                unit["code"]
                for unit in self.communes
                if unit["province_code"] == province and fold(unit["full_name_vi"]) == fold(name)
            }
        return found.pop() if len(found) == 1 else None


def english_place(commune: str) -> str:
    """Return "xã Tân Cương" as "Tân Cương commune"."""
    for vi, en in PREFIXES.items():
        if commune.lower().startswith(vi + " "):
            return f"{commune[len(vi) + 1 :]} {en}"
    return commune


def place_text(row: Row, province_2026: str) -> tuple[str, str]:
    """Return where a thing comes from, in both languages, with the province of today."""
    former, district = row["province_2024"], row["district_2024"]
    part_vi = row["commune"] or district
    part_en = english_place(row["commune"]) if row["commune"] else district
    if part_en.startswith("TP "):
        part_vi, part_en = "thành phố " + part_vi[3:], part_en[3:] + " city"
    whole_vi, whole_en = former, former
    if not former or fold(former) == fold(province_2026) or (row["commune"] and not district):
        whole_vi = whole_en = province_2026
    elif former == "Thừa Thiên Huế":
        whole_vi, whole_en = f"{former} (nay là thành phố Huế)", f"{former} (now Huế city)"
    else:
        whole_vi = f"{former} (nay thuộc {province_2026})"
        whole_en = f"{former} (now part of {province_2026})"
    whole_en = whole_en.replace("Hà Nội", "Hanoi")
    return ", ".join(filter(None, (part_vi, whole_vi))), ", ".join(
        filter(None, (part_en, whole_en))
    )
