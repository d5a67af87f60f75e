"""Rebuild the finished data files: `python data/tools/build.py` from anywhere."""

import accounts
import categories
import names
import producers
import products
import showrooms
import villages
from territory import Territory
from words import write


def main() -> None:
    """Write every derived file; the tables in data/curation and data/sources stay as they are."""
    territory = Territory()
    write("categories.json", categories.build())
    makers = producers.build()
    write("producers.json", makers)
    goods = products.build(territory, makers)
    write("products.json", goods)
    places = villages.build(territory, goods)
    write("villages.json", places)
    shops = showrooms.build(territory, goods)
    write("showrooms.json", shops)
    write("demonstration-names.json", names.build())
    write("accounts.json", accounts.build(goods, places, shops))


if __name__ == "__main__":
    main()
