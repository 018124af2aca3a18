"""What the reader of mails must know about us."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from commsleads.plan import Outlet
from commsleads.rules.deadlines import Week
from commsleads.urls import site

FREE_MAIL = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "hotmail.de",
    "hotmail.es",
    "live.com", "live.co.uk", "live.fr", "msn.com", "outlook.de", "outlook.fr", "outlook.es", "yahoo.com",
    "yahoo.co.uk",
    "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.it", "ymail.com", "rocketmail.com", "aol.com", "aol.de", "icloud.com",
    "me.com",
    "mac.com", "proton.me", "protonmail.com", "protonmail.ch", "pm.me", "tutanota.com", "tutanota.de", "tuta.io",
    "tuta.com",
    "hey.com", "fastmail.com", "fastmail.fm", "hushmail.com", "zoho.com", "zohomail.com", "mail.com", "email.com",
    "gmx.de",
    "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "gmx.fr", "web.de", "t-online.de", "freenet.de", "posteo.de",
    "mailbox.org",
    "arcor.de", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr",
    "telefonica.net", "terra.es", "btinternet.com", "btopenworld.com", "sky.com", "virginmedia.com", "talktalk.net",
    "ntlworld.com", "tiscali.co.uk", "blueyonder.co.uk", "comcast.net", "verizon.net", "att.net", "sbcglobal.net",
    "cox.net",
    "bellsouth.net", "earthlink.net", "libero.it", "virgilio.it", "alice.it", "tin.it", "ziggo.nl", "kpnmail.nl",
    "hetnet.nl",
    "telenet.be", "skynet.be", "bluewin.ch", "yandex.ru", "yandex.com", "mail.ru", "bk.ru", "list.ru", "inbox.ru",
    "rambler.ru",
    "ukr.net", "seznam.cz", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "qq.com", "163.com", "126.com", "sina.com",
    "naver.com",
    "daum.net", "docomo.ne.jp", "ezweb.ne.jp", "rediffmail.com", "uol.com.br", "bol.com.br", "terra.com.br", "sapo.pt",
    "bigpond.com", "xtra.co.nz", "duck.com", "privaterelay.appleid.com", "startmail.com", "mailfence.com",
})  # fmt: skip
"""Where anybody may have an address: such a domain says nothing about who somebody works for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Our name, zone and working week, the domains and addresses that are ours, and the register of outlets.

    Domains and addresses are in small letters. `own_addresses` are those that the press may write to.
    """

    organisation: str
    zone: ZoneInfo
    week: Week = field(default_factory=Week)
    own_domains: frozenset[str] = frozenset()
    own_addresses: frozenset[str] = frozenset()
    outlets: tuple[Outlet, ...] = ()

    def owns(self, address: str) -> bool:
        """Whether an address is one of ours, or of a domain (or its subdomain) that is ours."""
        return address in self.own_addresses or within(address.rpartition("@")[2], self.own_domains)

    def outlet(self, domain: str) -> Outlet | None:
        """The outlet that a mail domain belongs to: of all that fit, the one whose domain is the longest."""
        best: tuple[int, Outlet] | None = None
        for outlet in self.outlets:
            for own in outlet.domains:
                known = own.lower().removeprefix("www.").strip(".")
                if within(domain, (known,)) and (best is None or len(known) > best[0]):
                    best = (len(known), outlet)
        return best[1] if best else None


def within(domain: str, domains: frozenset[str] | tuple[str, ...]) -> bool:
    """Whether a domain is one of these or below one of these."""
    return bool(domain) and any(domain == one or domain.endswith(f".{one}") for one in domains if one)


def is_free(domain: str) -> bool:
    """Whether a domain belongs to a provider of mail for everybody."""
    return domain in FREE_MAIL or domain.partition(".")[2] in FREE_MAIL


def same_house(one: str, other: str) -> bool:
    """Whether two mail domains belong to one organisation: the same registrable domain, and not that of a provider."""
    if not one or not other or is_free(one) or is_free(other):
        return False
    return one == other or (bool(site(one)) and site(one) == site(other))
