"""By which channel a click came: the corpus, the wrappers, apps, and what is sent on purpose."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.responses import MEDIA
from commsleads.rules.channels import medium, source

CASES = Path(__file__).resolve().parents[2] / "../shared/corpus/referrers/referer_cases.jsonl"
OURS = {"email": "mail", "chatbot": "assistant", "paid": "referral", "unknown": "referral"}
"""What the corpus calls a medium, in our words; a paid placement shows as the site that the advert stood on."""


def test_the_corpus_is_read_right() -> None:
    """At least 98 % of the referrers of the corpus have the right medium."""
    if not CASES.exists():
        pytest.skip("../shared/corpus is not here")
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    wrong = [case["uri"] for case in cases if medium(case["uri"]) != OURS.get(case["medium"], case["medium"])]
    print(f"{len(cases) - len(wrong)} of {len(cases)} referrers right")
    assert len(wrong) <= 0.02 * len(cases), wrong


@pytest.mark.parametrize(
    ("referrer", "channel", "name"),
    [
        ("", "direct", ""),
        ("-", "direct", ""),
        ("about:blank", "direct", ""),
        ("https://www.google.co.uk/", "search", "Google"),
        ("https://www.google.com/url?q=https://museum.example", "search", "Google"),
        ("www.google.de/search", "search", "Google"),
        ("https://docs.google.com/document/d/1", "referral", "docs.google.com"),
        ("https://mail.google.com/mail/u/0/", "mail", "Gmail"),
        ("https://duckduckgo.com/", "search", "DuckDuckGo"),
        ("https://cn.bing.com/search?q=x", "search", "Bing"),
        ("https://www.bing.com/chat", "assistant", "Copilot"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fmuseum.example", "social", "Facebook"),
        ("https://t.co/abc", "social", "Twitter"),
        ("https://x.com/i/grok", "assistant", "Grok"),
        ("https://mastodon.social/@museum", "social", "Mastodon"),
        ("https://chatgpt.com/", "assistant", "ChatGPT"),
        ("https://www.perplexity.ai/search/x", "assistant", "Perplexity"),
        ("https://dailymail.co.uk/", "referral", "dailymail.co.uk"),
        ("https://www.mail.com/news", "referral", "mail.com"),
        ("https://webmail.uni.example/", "mail", "webmail.uni.example"),
        ("https://news.example/story", "referral", "news.example"),
        ("http://192.168.0.1/", "referral", "192.168.0.1"),
        ("http://[2001:db8::1]:8080/x", "referral", "[2001:db8::1]"),
        ("http://intranet/page", "referral", "intranet"),
        ("HTTPS://WWW.LinkedIn.COM:443/feed/", "social", "LinkedIn"),
        ("https://zeitung.example./", "referral", "zeitung.example"),
    ],
)
def test_a_referrer_has_a_medium_and_a_name(referrer: str, channel: str, name: str) -> None:
    """The everyday referrers, each with the channel and the name a person would give it."""
    assert medium(referrer) == channel
    assert source(referrer) == name


@pytest.mark.parametrize(
    "referrer",
    [
        "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmuseum.example",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__museum.example",
        "https://urldefense.com/v3/__https://museum.example__;!!x",
        "https://protect-eu.mimecast.com/s/abc",
        "https://url.uk.m.mimecastprotect.com/s/abc",
        "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fmuseum.example",
        "https://secure-web.cisco.com/1abc/https%3A%2F%2Fmuseum.example",
    ],
)
def test_gateways_that_check_links_are_mail(referrer: str) -> None:
    """Their links are met in mails, whatever they lead to."""
    assert medium(referrer) == "mail"


@pytest.mark.parametrize(
    ("package", "channel"),
    [
        ("com.google.android.gm", "mail"),
        ("com.linkedin.android", "social"),
        ("com.twitter.android", "social"),
        ("com.facebook.katana", "social"),
        ("com.reddit.frontpage", "social"),
        ("com.pinterest", "social"),
        ("org.telegram.messenger", "social"),
        ("com.google.android.googlequicksearchbox", "search"),
        ("ai.perplexity.app.android", "assistant"),
        ("com.slack", "referral"),
        ("de.unknown.reader", "referral"),
    ],
)
def test_apps_are_known_by_their_package(package: str, channel: str) -> None:
    """Android names the app; with and without the scheme it is the same."""
    assert medium(f"android-app://{package}/") == medium(package) == channel
    assert medium(f"android-app://{package}/https/www.museum.example") == channel


def test_our_own_pages_are_internal() -> None:
    """Our hosts and their subdomains, and nothing that only ends alike."""
    own = ("museum.example",)
    assert medium("https://www.museum.example/start", own) == "internal"
    assert medium("https://museum.example", own) == "internal"
    assert medium("https://othermuseum.example/", own) == "referral"


@pytest.mark.parametrize(
    "referrer",
    [
        "<script>alert(1)</script>",
        "https://<b>x</b>.example/",
        "javascript:alert(1)",
        "\x00\x01\x02",
        "https://\ud800.example/",
        "https://" + "a" * 9_000,
        "https://news.example/" + "a/" * 9_000,
        "https://" + "a." * 5_000,
        "https://" + "." * 500,
        "https://user:word@" * 400,
        "android-app://",
        "https://xn--.example/",
        "https://" + "é" * 200 + ".example/",
    ],
)
def test_forged_referrers_have_a_medium_too(referrer: str) -> None:
    """Markup, controls and kilobytes neither raise nor become a search engine."""
    assert medium(referrer) in {"direct", "referral"}
    assert len(source(referrer)) <= 300
    assert "<" not in source(referrer)


@given(st.text(max_size=400) | st.text(string.ascii_letters + ":/.?#@[]-_%", max_size=80).map("https://".__add__))
def test_no_referrer_raises(referrer: str) -> None:
    """Whatever is sent, the answer is of the vocabulary."""
    assert medium(referrer, ("museum.example",)) in MEDIA
    assert len(source(referrer)) <= 300
