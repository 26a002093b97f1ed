"""The countries and territories of ISO 3166-1 by their two letters, in which a right can hold."""

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
TERRITORIES = frozenset(_CODES.split())
_MEANT = {"UK": "Write GB for the United Kingdom.", "EU": "Write the countries of the EU one by one."}


class NotATerritory(ValueError):
    """These are no two letters of a country; the message tells a person what to write."""


def territory_of(text: str) -> str:
    """The code in capitals, or blank for blank and for "worldwide". Raises `NotATerritory`."""
    code = text.strip().upper()
    if code in ("", "WORLDWIDE", "WORLD"):
        return ""
    if code not in TERRITORIES:
        raise NotATerritory(
            _MEANT.get(code, f"“{text.strip()[:20]}” is no country code: write two letters, such as DE.")
        )
    return code


def territories_of(text: str) -> list[str]:
    """The codes of a list separated by commas or spaces, each once, in order; an empty list is worldwide."""
    parts = text.replace(",", " ").replace(";", " ").split()
    return list(dict.fromkeys(code for code in map(territory_of, parts) if code))
