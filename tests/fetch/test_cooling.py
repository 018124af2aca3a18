"""Servers that ask to be left alone, and who is left alone then."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commsleads.errors import CollectError, CoolingError, FetchError
from commsleads.fetch import Fetcher
from commsleads.fetch.heads import LONGEST_WAIT, fresh_for, stay_away
from tests.fetch.kit import NOW, manners, names, problem, run
from tests.web import Answer, Web

DATE = "Sun, 22 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "120"}, 120),
        (503, {"Retry-After": "120"}, 120),
        (403, {"Retry-After": "120"}, 120),
        (500, {"Retry-After": "120"}, 120),
        (200, {"Retry-After": "120"}, None),
        (429, {"Retry-After": " 120 "}, 120),
        (429, {"Retry-After": "Sun, 22 Nov 2026 12:05:00 GMT"}, 300),
        (429, {"Retry-After": "Sunday, 22-Nov-26 12:05:00 GMT"}, 300),
        (429, {"Retry-After": "Sun Nov 22 12:05:00 2026"}, 300),
        # The server's clock is an hour ahead of ours: its date counts from its own.
        (503, {"Retry-After": "Sun, 22 Nov 2026 13:05:00 GMT", "Date": "Sun, 22 Nov 2026 13:00:00 GMT"}, 300),
        (503, {"Retry-After": "Sun, 22 Nov 2026 11:00:00 GMT", "Date": DATE}, None),
        (429, {"Retry-After": "Sun, 22 Nov 2026 11:00:00 GMT"}, 60),
        (429, {}, 60),
        (429, {"Retry-After": "0"}, 60),
        (429, {"Retry-After": "-5"}, 60),
        (429, {"Retry-After": "soon"}, 60),
        (429, {"Retry-After": ""}, 60),
        (429, {"Retry-After": "1e9"}, 60),
        (429, {"Retry-After": "\u0661\u0662"}, 60),
        (503, {}, None),
        (503, {"Retry-After": "soon"}, None),
        (503, {"Retry-After": "316800"}, 316_800),
        (503, {"Retry-After": "99999999"}, 604_800),
        (503, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, 604_800),
        (429, {"Retry-After": str(int(NOW.timestamp()) + 600)}, 600),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "250"}, 250),
        (200, {"x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "37"}, 37),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 90)}, 90),
        (200, {"x-ratelimit-remaining": "12.0", "x-ratelimit-reset": "37"}, None),
        (200, {"x-ratelimit-remaining": "0.5", "x-ratelimit-reset": "37"}, None),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "37"}, 37),
        (200, {"x-ratelimit-remaining": "0"}, None),
    ],
)
def test_how_long_to_stay_away(status: int, headers: dict[str, str], seconds: int | None) -> None:
    """Seconds, dates and used-up limits are obeyed within bounds; nonsense is not. Up to a tenth comes on top."""
    wait = stay_away(status, {name.lower(): value for name, value in headers.items()}, NOW, "http://example.org/feed")
    if seconds is None:
        assert wait is None
    else:
        assert wait is not None
        assert timedelta(seconds=seconds) <= wait <= min(timedelta(seconds=seconds * 1.1), LONGEST_WAIT)


def test_siblings_come_back_at_different_moments() -> None:
    """What comes on top is always the same for one address and differs between addresses."""
    waits = [stay_away(503, {"retry-after": "600"}, NOW, f"http://example.org/{number}") for number in range(50)]
    again = [stay_away(503, {"retry-after": "600"}, NOW, f"http://example.org/{number}") for number in range(50)]
    assert waits == again
    assert len(set(waits)) == 50


@given(value=st.text(max_size=40), date=st.text(max_size=40), status=st.sampled_from([200, 403, 429, 503]))
def test_no_header_makes_a_wait_fail(value: str, date: str, status: int) -> None:
    """Whatever stands in the headers, the wait is none or positive and bounded."""
    for name in ("retry-after", "x-ratelimit-reset"):
        head = {name: value, "date": date, "x-ratelimit-remaining": "0"}
        wait = stay_away(status, head, NOW, "http://example.org/")
        assert wait is None or timedelta(0) < wait <= LONGEST_WAIT
    for name in ("cache-control", "expires", "age"):
        fresh = fresh_for({"cache-control": "max-age=5", name: value, "date": date}, NOW)
        assert fresh is None or timedelta(0) < fresh <= timedelta(days=1)


@pytest.mark.parametrize("status", [429, 503])
def test_a_whole_site_is_left_alone(status: int) -> None:
    """After a Retry-After no name of the same registrable domain is asked, others are; the time passes."""
    resolve = names(a_example_co_uk="127.0.0.1", b_example_co_uk="127.0.0.1", other_co_uk="127.0.0.1")
    with Web() as web:
        web.add("/busy", status=status, headers={"Retry-After": "600"})
        web.add("/", b"x")

        async def work(fetcher: Fetcher) -> dict[str, datetime]:
            with pytest.raises(FetchError) as caught:
                await fetcher.get(web.url("/busy", host="a.example.co.uk"), cursor={}, now=NOW)
            assert caught.value.status == status
            assert caught.value.wait is not None
            for host in ("a.example.co.uk", "b.example.co.uk"):
                with pytest.raises(CoolingError) as cooled:
                    await fetcher.get(web.url(host=host), cursor={}, now=NOW + timedelta(seconds=300))
                assert cooled.value.quarters == 0
                assert cooled.value.wait is not None
                assert timedelta(seconds=300) <= cooled.value.wait <= timedelta(seconds=360)
            await fetcher.get(web.url(host="other.co.uk"), cursor={}, now=NOW)
            await fetcher.get(web.url(host="b.example.co.uk"), cursor={}, now=NOW + timedelta(seconds=661))
            return fetcher.cooling

        cooling = run(work, resolve=resolve)
        assert list(cooling) == ["example.co.uk"]
        assert len(web.requests) == 3


def test_an_address_without_siblings_cools_alone() -> None:
    """IP addresses and names without a domain have nothing in common with their neighbours."""
    with Web() as web:
        web.add("/busy", status=429)
        web.add("/", b"x")

        async def work(fetcher: Fetcher) -> None:
            for host in ("", "localhost"):
                with pytest.raises(FetchError):
                    await fetcher.get(web.url("/busy", host=host), cursor={}, now=NOW)
                with pytest.raises(CoolingError):
                    await fetcher.get(web.url("/busy", host=host), cursor={}, now=NOW)
                assert (await fetcher.get(web.url(host=host), cursor={}, now=NOW)).status == 200
            assert set(fetcher.cooling) == {web.url("/busy"), web.url("/busy", host="localhost")}

        run(work, resolve=names(localhost="127.0.0.1"))


def test_what_the_caller_knows_of_cooling_is_heeded() -> None:
    """A cool-down from an earlier run holds in this one, also for a redirect that leads there; the longer one wins."""
    resolve = names(www_busy_example="127.0.0.1", open_example="127.0.0.1")
    cooling = {"busy.example": NOW + timedelta(hours=1)}
    with Web() as web:
        web.redirect("/", f"http://www.busy.example:{web.port}/")

        async def work(fetcher: Fetcher) -> None:
            for host in ("www.busy.example", "open.example"):
                with pytest.raises(CoolingError):
                    await fetcher.get(web.url(host=host), cursor={}, now=NOW)

        run(work, resolve=resolve, cooling=cooling)
        assert len(web.requests) == 1
    assert cooling == {"busy.example": NOW + timedelta(hours=1)}


def test_those_who_wait_in_line_learn_that_the_site_cools() -> None:
    """Fetches that stood in line while another one was sent away are not sent."""
    import asyncio

    with Web() as web:
        web.handler("*", lambda _: Answer(status=429, headers={"Retry-After": "60"}, delay=0.05))

        async def work(fetcher: Fetcher) -> list[CollectError | BaseException]:
            urls = [web.url(f"/{number}", host="www.busy.example") for number in range(8)]
            return await asyncio.gather(*(fetcher.get(url, cursor={}, now=NOW) for url in urls), return_exceptions=True)  # type: ignore[return-value]

        said = run(work, how=manners(per_host=1), resolve=names(www_busy_example="127.0.0.1"))
        assert len(web.requests) == 1
    assert [type(error) for error in said] == [FetchError] + [CoolingError] * 7


def test_a_used_up_allowance_is_heeded_after_a_good_answer() -> None:
    """A page that used up the last of a rate limit is good, says how long to wait, and cools its site."""
    with Web() as web:
        web.add("/", b"x", headers={"x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "40"})

        async def work(fetcher: Fetcher) -> None:
            page = await fetcher.get(web.url(host="www.site.example"), cursor={}, now=NOW)
            assert page.wait is not None
            assert 40 <= page.wait.total_seconds() <= 44
            with pytest.raises(CoolingError):
                await fetcher.get(web.url("/2", host="old.site.example"), cursor={}, now=NOW)

        run(work, resolve=names(www_site_example="127.0.0.1", old_site_example="127.0.0.1"))


def test_the_words_say_for_how_long() -> None:
    """A person reads how long a server is left alone."""
    with Web() as web:
        for number, (header, words) in enumerate(
            (("30", "3"), ("600", "minutes"), ("36000", "hours"), ("400000", "days"))
        ):
            web.add(f"/{number}", status=503, headers={"Retry-After": header})
            assert words in str(problem(web.url(f"/{number}")))
