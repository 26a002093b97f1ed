"""Which column of a file is which column of a roster."""

import unicodedata
from collections.abc import Iterable, Mapping

REQUIRED = ("handle", "platform")
COLUMNS = (
    "handle", "platform", "name", "email", "followers", "language", "country", "region", "city", "niches", "code",
    "fee", "product_cost", "shipping_cost", "commission_percent", "currency", "notes",
)  # fmt: skip
DEAL_COLUMNS = ("code", "fee", "product_cost", "shipping_cost", "commission_percent", "currency")

_OTHER_NAMES = {
    "handle": "username user account profile profileurl profilelink profileaddress creatorhandle socialhandle "
    "accountname handles userhandle",
    "platform": "network socialnetwork socialplatform channel socialmedia site",
    "name": "fullname creator creatorname displayname influencer influencername realname",
    "email": "mail emailaddress mailaddress contactemail emails",
    "followers": "follower followercount followerscount numberoffollowers subscribers subscribercount audience "
    "audiencesize fans",
    "language": "lang languages",
    "country": "countryname nation land",
    "region": "area state province county",
    "city": "town place",
    "niches": "niche category categories topic topics tags vertical verticals interests",
    "code": "discountcode promocode promo coupon couponcode vouchercode voucher",
    "fee": "fees flatfee price rate payment creatorfee",
    "product_cost": "product productvalue productatcost costofgoods cogs giftvalue productcosts",
    "shipping_cost": "shipping shippingcosts shippingfee postage delivery deliverycost",
    "commission_percent": "commission commissionpercentage commissionrate commissionpct",
    "currency": "currencycode ccy",
    "notes": "note comment comments remark remarks",
}
_COLUMN_BY_NAME = {column.replace("_", ""): column for column in COLUMNS} | {
    name: column for column, names in _OTHER_NAMES.items() for name in names.split()
}


_LINE_NAMES = ("line", "line of the file")
_REASON_NAMES = ("reason", "reason to stay out")


class MissingColumns(Exception):
    """The file has no column for the handle or the platform. `columns` are those that are missing."""

    def __init__(self, columns: list[str], header: Iterable[str]):
        self.columns = columns
        names = " and ".join(f"“{column}”" for column in columns)
        has = ", ".join(list(header)[:30])
        super().__init__(f"The file has no column {names}. Name one so in its first line. It has: {has}."[:1000])


def match_columns(header: Iterable[str]) -> dict[str, str]:
    """The file's column for each roster column that can be told by its name, however it is written."""
    header = list(header)
    found: dict[str, str] = {}
    for exact in (True, False):
        for name in header:
            column = _column_of(name)
            is_exact = column == _plain(name, keep="_").replace(" ", "_")
            if column and column not in found and is_exact == exact:
                found[column] = name
    return {column: found[column] for column in COLUMNS if column in found}


def check_columns(mapping: Mapping[str, str], header: Iterable[str]) -> None:
    """Raise `MissingColumns` where no column of the file stands for a required one."""
    missing = [column for column in REQUIRED if not mapping.get(column)]
    if missing:
        raise MissingColumns(missing, header)


def unmatched(mapping: Mapping[str, str], header: Iterable[str]) -> list[str]:
    """The columns of the file that are left out."""
    used = set(mapping.values())
    return [name for name in header if name not in used]


def error_columns(header: Iterable[str]) -> list[str]:
    """The first line of the file of rows that stay out: their line, why, and the columns as they were written.

    What such a file already told of an earlier import is not told again, so it can be mended and imported any
    number of times. Ours are called otherwise where the file has columns of these names itself.
    """
    own = written_columns(header)
    taken = {" ".join(name.lower().split()) for name in own}
    ours = [plain if plain not in taken else other for plain, other in (_LINE_NAMES, _REASON_NAMES)]
    return [*ours, *own]


def written_columns(header: Iterable[str]) -> list[str]:
    """The columns without those that the file of rows that stay out puts before them."""
    names = list(header)
    is_ours = len(names) > 2 and names[0] in _LINE_NAMES and names[1] in _REASON_NAMES
    return names[2:] if is_ours else names


def _column_of(name: str) -> str:
    return _COLUMN_BY_NAME.get(_plain(name), "")


def _plain(name: str, keep: str = "") -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in text if character.isalnum() or (keep and character in "_ "))
