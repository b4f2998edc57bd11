"""The forms that a number at Companies House can have: 8 characters, of which the first say what it registers."""

import re

PREFIXES = {
    "": "company in England and Wales",
    "AC": "assurance company in England and Wales",
    "BR": "UK establishment of an overseas company",
    "CE": "charitable incorporated organisation",
    "CS": "Scottish charitable incorporated organisation",
    "EN": "European company (Societas Europaea) in Northern Ireland",
    "ES": "European company (Societas Europaea) in Scotland",
    "FC": "overseas company",
    "GE": "European economic interest grouping in England and Wales",
    "GN": "European economic interest grouping in Northern Ireland",
    "GS": "European economic interest grouping in Scotland",
    "IC": "investment company with variable capital",
    "IP": "industrial and provident society in England and Wales",
    "LP": "limited partnership in England and Wales",
    "NA": "assurance company in Northern Ireland",
    "NC": "limited liability partnership in Northern Ireland",
    "NF": "overseas company in Northern Ireland before October 2009",
    "NI": "company in Northern Ireland",
    "NL": "limited partnership in Northern Ireland",
    "NO": "credit union or industrial and provident society in Northern Ireland",
    "NP": "industrial and provident society in Northern Ireland",
    "NR": "royal charter company in Northern Ireland",
    "NV": "investment company with variable capital in Northern Ireland",
    "NZ": "unregistered company in Northern Ireland",
    "OC": "limited liability partnership in England and Wales",
    "OE": "overseas entity that owns land in the UK",
    "PC": "protected cell company",
    "R": "company in Northern Ireland before 1922",
    "RC": "royal charter company in England and Wales",
    "RS": "registered society",
    "SA": "assurance company in Scotland",
    "SC": "company in Scotland",
    "SE": "European company (Societas Europaea) in England and Wales",
    "SF": "overseas company in Scotland before October 2009",
    "SG": "Scottish qualifying partnership",
    "SI": "investment company with variable capital in Scotland",
    "SL": "limited partnership in Scotland",
    "SO": "limited liability partnership in Scotland",
    "SP": "industrial and provident society in Scotland",
    "SR": "royal charter company in Scotland",
    "SZ": "unregistered company in Scotland",
    "ZC": "unregistered company in England and Wales",
}
SOCIETIES = ("IP", "NO", "NP", "RS", "SP")
"""Older numbers of societies end in one or two letters, like IP12345R and SP1234RS."""

_TWO = "|".join(prefix for prefix in PREFIXES if len(prefix) == 2)
SHAPE = re.compile(
    rf"(?!0{{8}})\d{{8}}|(?:{_TWO})(?!0{{6}})\d{{6}}|R(?!0{{7}})\d{{7}}"
    rf"|(?:{'|'.join(SOCIETIES)})(?!0+[A-Z])(?:\d{{5}}[A-Z]|\d{{4}}[A-Z]{{2}})",
    re.ASCII,
)


def in_full(number: str) -> str:
    """With its leading zeros, which people leave out of numbers without a prefix: 1234567 is 01234567."""
    return number.zfill(8) if re.fullmatch(r"[1-9]\d{5,6}", number, re.ASCII) else number
