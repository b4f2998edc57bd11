"""The part of an email address after the @, where it shows who a person works for."""

# Anyone can get an address here, so it says nothing about who they work for.
_PROVIDERS = """
aol.com blueyonder.co.uk btinternet.com btopenworld.com fastmail.com free.fr gmail.com gmx.com gmx.de gmx.net
googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr icloud.com laposte.net libero.it live.co.uk
live.com mac.com mail.com mail.ru me.com msn.com ntlworld.com orange.fr outlook.com outlook.de outlook.fr pm.me
posteo.de proton.me protonmail.com qq.com sky.com t-online.de talktalk.net tiscali.co.uk tutanota.com virginmedia.com
wanadoo.fr web.de yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.ru ymail.com zoho.com
demo.civtech.example
"""
SHARED = frozenset(_PROVIDERS.split())


def domain_of(address: str) -> str:
    """The part after the @ of an address in the database, in lower case."""
    return address.rpartition("@")[2]


def is_shared(domain: str) -> bool:
    """Whether anyone can have an address at `domain`. This includes the demonstration's example people."""
    return domain in SHARED
