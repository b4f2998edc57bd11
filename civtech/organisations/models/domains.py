"""The part of an e-mail address behind the @, where it says for whom somebody works."""

# Addresses here are given to anybody who asks, so they say nothing about whom one works for.
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
    """What stands behind the @ of an address as it is stored, in lower case."""
    return address.rpartition("@")[2]


def is_shared(domain: str) -> bool:
    """Whether people of all kinds have addresses there. So have the invented ones of the demonstration."""
    return domain in SHARED
