"""Phrases that may move intellectual property or shares away from the company, found in the text of a challenge.

A phrase is only a reason for a person to look. `tests/challenges/rights_sentences.toml` says what is found and what
is not; add a sentence there before you change a pattern. The text is compared as a reader sees it, so accents,
invisible signs, letters that look like others, hyphens and odd spacing hide nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import category

from civtech.core.plain_letters import seen_as

LONGEST_PHRASE = 120
_APOSTROPHES = r"['`\u2018\u2019\u00B4]"
_HYPHENS = r"[-\u2010-\u2015_/]"

_LET_OUT = r"(?:the |a |an |all |any |its |their |your |our |each |every |this |that |such |these |those )*"
_OTHERS = (
    r"(?: (?:address|addresses|telephony|phones?|networks?|cameras?|packets?|rating|rated|range|ranges|traffic)\b)"
)
_PROPERTY = (
    rf"(?:intellectual propert(?:y|ies)|i ?p ?rs?\b|i p\b|ip\b(?!{_OTHERS})|copy ?rights?|patents?|trade ?marks?|"
    r"design rights?|database rights?|moral rights?|source code|know how|inventions?)"
)
_RIGHTS = r"(?<!human )(?<!access )(?<!user )(?<!editing )(?<!admin )rights?\b(?! of (?:way|access))"
_WORK = (
    r"(?:results?|outputs?|outcomes|deliverables?|solutions?|software|products?|designs?|prototypes?|code|algorithms?|"
    r"works?|everything|anything|whatever|technolog(?:y|ies)|foreground|background)"
)
_MOVED = (
    r"(?:re ?)?(?:assign(?:s|ed|ing|ments?)?|transfer(?:s|red|ring|able|ence)?|vest(?:s|ed|ing)?|"
    r"cede[sd]?|ceding|surrender(?:s|ed|ing)?|relinquish(?:es|ed|ing)?|forfeit(?:s|ed|ing)?|convey(?:s|ed|ing)?|"
    r"revert(?:s|ed|ing)?|sell(?:s|ing)?|sold|(?:hand|sign|turn|mak|giv)(?:e|s|es|ed|en|ing)? (?:\w+ ){0,4}?over|"
    r"(?:giv|hand)(?:e|s|es|ed|en|ing)? (?:up|away)|pass(?:es|ed|ing)? (?:\w+ )?to|"
    r"(?:belong|go|goes|fall)(?:s|ing)? (?:\w+ ){0,2}?to|becom(?:e|es|ing) (?:\w+ ){0,4}?property)"
)
_IS = r"(?:is|are|be|becomes?|remains?)"
_SOMEONE = (
    r"(?:councils?|bod(?:y|ies)|authorit(?:y|ies)|governments?|sponsors?|programmes?|nhs|boards?|trusts?|"
    r"agenc(?:y|ies)|"
    r"departments?|ministr(?:y|ies)|ministers?|buyers?|customers?|clients?|crown|state|public sector|public side|"
    r"universit(?:y|ies)|funders?|investors?|us)"
)
_COMPANY = (
    r"(?:compan(?:y|ies)|business(?:es)?|firms?|start ?ups?|ventures?|suppliers?|enterprises?|spin ?(?:out|off)s?)"
)
_ONE_COMPANY = (
    r"(?:the|your|its|their|each|every|any|a|an) (?:\w+ )?"
    r"(?:company|business|firm|start ?up|venture|supplier|enterprise|spin ?(?:out|off))"
)
_TAKE = (
    r"(?:tak(?:e|es|ing|en)|took|acquir(?:e|es|ed|ing)|receiv(?:e|es|ed|ing)|gets?|getting|hold(?:s|ing)?|"
    r"buy(?:s|ing)?|subscrib(?:e|es|ing) (?:for|to)|allot(?:s|ted|ting)?|issu(?:e|es|ed|ing)|transfer(?:s|red|ring)?|"
    r"assign(?:s|ed|ing)?|giv(?:e|es|en|ing)|grant(?:s|ed|ing)?|own(?:s|ed|ing)?|wants?|claim(?:s|ing)?|"
    r"(?:in )?(?:exchange|return) for|entitled to|keep(?:s|ing)?)"
)
_SHARE_OF = r"(?:(?:[\d_]+|[a-z]+) ?(?:%|per ?cent\b))"
_EQUITY = (
    r"equity\b(?! (?:of|and|into|seriously|for|across|between|is|impact|assessment|diversity"
    rf"|in (?!{_LET_OUT}(?:\w+ )?{_COMPANY})))"
)
_SHARES = (
    r"(?:shares\b(?= (?:in|to|from|at|as|when|if|once|after|each)\b| of (?:\w+ ){0,2}compan| \.| ?$)|shareholdings?\b)"
)


def _near(first: str, second: str, words: int) -> str:
    """Either of two patterns before the other, in one sentence, at most `words` words apart."""
    gap = rf"(?:[\w%]+ ){{0,{words}}}?"
    return rf"\b{first} {gap}{second}|\b{second} {gap}{first}\b"


_STRONG = (
    # Property that goes to someone else
    _near(_MOVED, _PROPERTY, 8),
    rf"\b(?:assign(?:s|ed|ing|ments?)?|transfer(?:s|red|ring)?|vest(?:s|ed|ing)?) (?:\w+ ){{0,6}}?{_RIGHTS}",
    rf"\b{_RIGHTS} (?:\w+ ){{0,8}}?"
    r"(?:assigned|assignment|transferred|vest(?:s|ed)?|surrendered|(?:pass|go|belong)(?:es|s)? to)\b",
    rf"\bassign(?:s|ed|ing|ments?)? (?:of )?{_LET_OUT}(?:\w+ ){{0,2}}?(?:results|deliverables|outputs)\b",
    rf"\b{_WORK} (?:\w+ ){{0,6}}?vest(?:s|ed)? (?:in|with)\b",
    rf"\bwaiv(?:e|es|ed|er|ers|ing) (?:\w+ ){{0,5}}?{_RIGHTS}",
    rf"\b(?:hand|sign|turn|mak|giv)(?:e|s|es|ed|en|ing)? (?:\w+ ){{0,3}}?{_PROPERTY} "
    r"(?:\w+ ){0,2}?(?:over|away|up)\b",
    # Ownership
    rf"\b(?:ownership|title) (?:of|in|to|over) (?:\w+ ){{0,4}}?(?:{_PROPERTY}|{_RIGHTS}|{_WORK}\b)",
    rf"\b{_PROPERTY} ownership\b",
    rf"\b(?:{_PROPERTY}|{_WORK}) (?:\w+ ){{0,8}}?{_IS} (?:\w+ ){{0,2}}?(?:owned by|propert(?:y|ies) of) {_LET_OUT}"
    rf"(?:\w+ ){{0,3}}?{_SOMEONE}\b",
    rf"\b(?:{_PROPERTY}|{_WORK}) (?:\w+ ){{0,8}}?belong(?:s|ing)? to {_LET_OUT}(?:\w+ ){{0,3}}?{_SOMEONE}\b",
    rf"\b(?:{_PROPERTY}|{_WORK}|shares) (?:\w+ ){{0,6}}?{_IS} ours\b",
    rf"\b(?:{_SOMEONE}|we) (?:\w+ ){{0,3}}?"
    rf"(?:own|retain|keep|hold|claim|control|have|get|acquire)s? (?:\w+ ){{0,5}}?{_PROPERTY}",
    rf"\b(?:{_SOMEONE}|we) (?:will|must|would|may|to|should) (?:\w+ ){{0,2}}?own (?:\w+ ){{0,5}}?{_WORK}\b",
    rf"\b(?:{_SOMEONE}|we) owns? {_LET_OUT}"
    r"(?:results|deliverables|outputs|foreground|everything|anything|whatever|what)\b",
    rf"\bowners? of (?:\w+ ){{0,4}}?(?:{_PROPERTY}|{_WORK}\b|{_RIGHTS})",
    r"\bshall (?:\w+ ){0,3}?own\b",
    r"\b(?:joint(?:ly)?|co) own(?:s|ed|ership)? (?:\w+ ){0,8}?" + rf"(?:{_PROPERTY}|{_WORK}\b)",
    rf"\b(?:{_PROPERTY}|{_WORK}) (?:\w+ ){{0,8}}?(?:jointly|co) owned\b",
    r"\bworks? (?:(?:is |are )?made )?for hire\b(?! (?:firms|companies|cars|vehicles|bikes))",
    # Shares, and what becomes shares
    rf"\b(?:{_SHARE_OF}|{_TAKE}) (?:[\w%]+ ){{0,4}}?{_EQUITY}",
    rf"\bequity (?:\w+ ){{0,2}}?{_SHARE_OF}|\bagainst equity\b",
    r"\bequity (?:stakes?|shares?|interests?|investments?|participation|holdings?|position|options?|warrants?)\b",
    rf"\bequity in {_LET_OUT}(?:\w+ )?{_COMPANY}\b",
    rf"\b{_TAKE} (?:[\w%]+ ){{0,6}}?{_SHARES}",
    rf"\b{_SHARE_OF} (?:of )?{_LET_OUT}(?:\w+ ){{0,2}}?(?:shares\b|stock\b)",
    rf"\b{_SHARE_OF} of {_ONE_COMPANY}\b",
    rf"\bshares? in {_LET_OUT}(?:\w+ ){{0,2}}?{_COMPANY}\b",
    r"\b(?:ordinary|preference|preferred|founders?|golden) shares?\b",
    r"\bshare (?:capital|options?|certificates?|allotment)\b",
    rf"\b(?:equity|minority|majority|controlling|ownership|{_SHARE_OF}) stakes?\b",
    rf"\bstakes? of {_SHARE_OF}|\b(?:half|third|quarter|tenth|majority|all) (?:of )?the shares\b|\bshareholdings?\b",
    rf"\b(?:slice|piece|percentage) of {_ONE_COMPANY}\b",
    rf"\bstakes? in {_LET_OUT}(?:\w+ ){{0,2}}?{_COMPANY}\b",
    rf"\b{_TAKE} (?:an? |any )?(?:\w+ ){{0,2}}?stakes?\b"
    r"(?! in (?:the )?(?:town|city|future|communit|decision|service))",
    rf"\boptions? (?:to (?:buy|purchase|acquire|subscribe)|over|on) (?:[\w%]+ ){{0,5}}?"
    rf"(?:shares?|equity|{_COMPANY}|{_PROPERTY}|{_RIGHTS}|stock|stakes?)\b",
    r"\bconvertible (?:loans?|notes?|debt|bonds?|instruments?|securit(?:y|ies)|loan notes?)\b",
    r"\bsimple agreements? for future equity\b|\badvance subscription agreements?\b",
    r"\bsafe notes?\b|\bwarrants? (?:over|to subscribe)\b",
    r"\b(?:board seats?|board observers?)\b|\bseats? on (?:the|your|its|their|each|any) (?:\w+ ){0,2}?board\b"
    rf"(?= of (?:\w+ ){{0,3}}?{_COMPANY}| of directors|(?<=your board)|(?<=its board)|(?<=their board))",
    r"\b(?:anti dilution|drag along|tag along|liquidation preference)s?\b",
)
_WEAK = (
    # Licences that shut the company out
    r"\b(?<!non )(?:exclusive(?:ly)?|sole) (?:\w+ ){0,4}?licen[cs](?:e[sd]?|ing)\b(?! plate)",
    r"\blicen[cs](?:e[sd]?|ing) (?:\w+ ){0,4}?(?<!non )exclusive(?:ly)?\b",
    rf"\b(?<!non )exclusive (?:\w+ ){{0,2}}?(?:{_RIGHTS}|ownership)",
    r"\b(?:right of )?first refusal\b",
    # A share of what the company earns
    r"\broyalties\b|\broyalty (?:rates?|payments?|fees?|shares?|streams?|of|on)\b|%% royalty\b|per ?cent royalty\b"
    rf"|\b(?:pays?|paying|{_TAKE}) (?:an? )?(?:\w+ ){{0,2}}?royalty\b(?! free)".replace("%%", "%"),
    r"\b(?:revenue|profit)s? shar(?:e|es|ing)\b",
    rf"\b(?:{_TAKE}|pays?|share) (?:[\w%]+ ){{0,3}}?of (?:\w+ ){{0,3}}?(?:profits?|revenues?|licensing income)\b",
    # The same in other languages of this country and its neighbours, where only the subject can be recognised
    r"\bgeistige[ns]? eigentum\w*|\burheberrecht\w*|\bnutzungsrechte?\b|\bgeschaftsanteil\w*|\bunternehmensanteil\w*",
    r"\bpropriete intellectuelle\b|\bdroits? d ?auteur\b|\bcession (?:des |de )?droits\b|\bparts sociales\b",
    r"\beiddo deallusol\b|\bhawlfraint\b|\bcyfranddaliadau\b",
    r"\b(?:maoin|seilbh) inntleachd\w*|\bdlighe sgriobhaidh\b",
)
_LOOK = tuple((re.compile(each), patterns is _STRONG) for patterns in (_STRONG, _WEAK) for each in patterns)


@dataclass(frozen=True)
class Phrase:
    """A phrase that was found, as it is written, and the key of the part of the text that it is in.

    It is strong if it says that something is assigned or owned by someone else, or names shares.
    """

    part: str
    words: str
    is_strong: bool


def phrases_in(texts: Iterable[tuple[str, str]]) -> list[Phrase]:
    """What was found in the parts of a text, given as (key, words), in their order."""
    return [Phrase(part, words, is_strong) for part, text in texts for words, is_strong in _found(text).items()]


def found_in(text: str) -> list[str]:
    """The phrases of one text that may move rights or shares, as written. One that is part of another is left out."""
    return list(_found(text))


def _found(text: str) -> dict[str, bool]:
    """The phrases of one text, and whether they are strong or have a strong one inside."""
    strong: dict[str, bool] = {}
    for way in _ways(text):
        for pattern, is_strong in _LOOK:
            for match in pattern.finditer(way):
                words = _trimmed(match)
                strong[words] = strong.get(words, False) or is_strong
    spans = sorted(strong, key=len)
    longest = sorted(
        words for place, words in enumerate(spans) if not any(words in longer for longer in spans[place + 1 :])
    )
    written = _as_written(text, longest)
    return {written[words]: any(strong[each] for each in spans if each in words) for words in longest}


def _as_written(text: str, found: Iterable[str]) -> dict[str, str]:
    """Each phrase as `text` writes it, without invisible signs, or as it was compared if we cannot locate it."""
    bare = cache(lambda sign: re.sub(r"[^\w%]|_", "", seen_as(sign)))
    signs = [(place, letter) for place, sign in enumerate(text) for letter in bare(sign)] if found else []
    letters = "".join(letter for _place, letter in signs)
    written = {}
    for words in found:
        wanted = bare(words)
        start = letters.find(wanted)
        last = start + len(wanted) - 1
        quoted = text[signs[start][0] : signs[last][0] + 1] if start >= 0 else words
        written[words] = " ".join("".join(sign for sign in quoted if category(sign) != "Cf").split())[:LONGEST_PHRASE]
    return written


def _trimmed(match: re.Match[str]) -> str:
    return " ".join(match[0].split()).replace("_", ".").replace(" %", "%")[:LONGEST_PHRASE]


def _ways(text: str) -> Iterator[str]:
    """The ways to read `text`: with hyphens between words, and with words that hyphens or spaces take apart."""
    plain = re.sub(_APOSTROPHES, "", seen_as(text))
    plain = re.sub(r"\b(?:[a-z]\.){2,}", lambda initials: initials[0].replace(".", ""), plain)
    yield _in_words(re.sub(_HYPHENS, " ", plain))
    whole = re.sub(rf"(?<=[a-z]){_HYPHENS}\s*\n\s*(?=[a-z])", "", plain)
    yield _in_words(re.sub(_HYPHENS, " ", whole))
    spaced = re.sub(r"\b(?:[a-z] ){2,}[a-z]\b", lambda run: run[0].replace(" ", ""), re.sub(r"  +", " | ", whole))
    yield _in_words(re.sub(rf"(?<=[a-z]){_HYPHENS}(?=[a-z])|(?<=[a-z])\.(?=[a-z])", "", spaced))


def _in_words(text: str) -> str:
    """Single spaces between words and percentages; ` . ` at the end of a sentence or paragraph; no other marks."""
    ended = re.sub(r"[.!?;]+(?=\s|$)|\n\s*\n", " . ", text)
    whole = re.sub(r"(?<=\d)[.,](?=\d)", "_", ended)
    words = re.sub(r"[^\w%.]+|(?<=\w)\.(?=\w)", " ", whole)
    return " ".join(re.sub(r"(?<=\d)(?=%)", " ", words).split()) + " "
