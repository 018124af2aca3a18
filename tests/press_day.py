"""One day of a press office, Wednesday 18 November 2026 in London: the mails that come, by the clock.

Everybody here is invented. `MAILS` is the truth that `tests/test_press_day.py` holds the program to: what each mail is,
and, where it is an enquiry, who asks and by when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

DAY = (2026, 11, 18)
PRESS = "press@museum.example"


def at(clock: str, day: int = 18) -> datetime:
    """A time of that day; London is on UTC in November."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Arriving:
    """A mail and the truth about it. `offset` is the writer's zone, `headers` are more header lines."""

    key: str
    clock: str
    sender: str
    subject: str
    body: str
    kind: str
    to: str = PRESS
    offset: str = "+0000"
    headers: tuple[str, ...] = ()
    folder: str = "INBOX"
    media: str = "text/plain"
    journalist: str = ""
    outlet: str = ""
    deadline: datetime | None = None
    joins: str = ""
    review: bool = False

    @property
    def message_id(self) -> str:
        return f"{self.key}@{self.sender.rpartition('@')[2].strip('>')}"

    def raw(self) -> bytes:
        """The mail as it comes over the line."""
        when = at(self.clock)
        shift = int(self.offset[:3])
        local = when.timestamp() + 3600 * shift
        date = format_datetime(datetime.fromtimestamp(local, UTC)).replace("+0000", self.offset)
        head = [
            f"From: {self.sender}",
            f"To: {self.to}",
            f"Subject: {self.subject}",
            f"Date: {date}",
            f"Message-ID: <{self.message_id}>",
            *self.headers,
            "MIME-Version: 1.0",
        ]
        if self.media.startswith("multipart"):
            return ("\r\n".join([*head, f"Content-Type: {self.media}", "", ""]) + crlf(self.body)).encode()
        head += [f'Content-Type: {self.media}; charset="utf-8"', "Content-Transfer-Encoding: 8bit", "", ""]
        return ("\r\n".join(head) + crlf(self.body)).encode()


def crlf(text: str) -> str:
    return text.strip("\n").replace("\n", "\r\n") + "\r\n"


def thread(*ids: str) -> tuple[str, ...]:
    """The headers of an answer to the last of these."""
    return f"In-Reply-To: <{ids[-1]}>", "References: " + " ".join(f"<{one}>" for one in ids)


RUTH = "Ruth Calder <ruth.calder@northcounty-post.example>"
JANA = "Jana Petersen <j.petersen@hafenblatt.example>"
LUC = "Luc Morel <l.morel@lequai.example>"
ANA = "Ana Ruiz <ana.ruiz@elmuelle.example>"
TOM = "Tom Ayers <tom@soundingboard.example>"
PRIYA = "Priya Nair <priya.nair@themeridian.example>"
OMAR = "Omar Said <omar.said@themeridian.example>"
KIT = "Kit Lowe <kit.lowe@docksideradio.example>"
NINA = "Nina Berg <nina.berg@evening-post.example>"
LEO = "Leo Grant <leo.grant@harbourgazette.example>"
BEN = "Ben Okoro <ben.okoro@museum.example>"
ADA = "Ada Stone <ada.stone@museum.example>"

MAILS: tuple[Arriving, ...] = (
    # --- enquiries ---------------------------------------------------------------------------------------------------
    Arriving(
        key="e1",
        clock="05:40",
        sender=RUTH,
        kind="enquiry",
        subject="Request for comment: night tours",
        journalist="Ruth Calder",
        outlet="North County Post",
        deadline=at("12:00"),
        body="""
Hello,

I'm a reporter at the North County Post. Readers tell us that the museum has stopped its night tours. Could you confirm
that, and say how many bookings are affected?

I need your answer by noon today.

Best wishes
Ruth Calder
Reporter, North County Post
+44 20 7946 0000
""",
    ),
    Arriving(
        key="e2",
        clock="09:10",
        sender=JANA,
        kind="enquiry",
        subject="Presseanfrage: Schiffsmodelle",
        offset="+0100",
        journalist="Jana Petersen",
        outlet="Hafenblatt",
        deadline=at("14:00"),
        body="""
Guten Tag,

ich schreibe für das Hafenblatt über Schiffsmodelle in europäischen Museen. Wie viele Modelle besitzt Ihr Haus, und wer
pflegt sie? Über eine Antwort bis heute, 15 Uhr, würde ich mich freuen.

Mit freundlichen Grüßen
Jana Petersen
Redaktion Kultur, Hafenblatt
""",
    ),
    Arriving(
        key="e3",
        clock="09:40",
        sender=LUC,
        kind="enquiry",
        subject="Demande de presse : la nouvelle aile",
        offset="+0100",
        journalist="Luc Morel",
        outlet="Le Quai",
        deadline=at("09:00", 19),
        body="""
Bonjour,

Je suis journaliste au magazine Le Quai et je prépare un article sur votre nouvelle aile. Quel est le coût des travaux ?
Pourriez-vous me répondre avant demain 10h ?

Cordialement,
Luc Morel
Journaliste, Le Quai
""",
    ),
    Arriving(
        key="e4",
        clock="10:20",
        sender=ANA,
        kind="enquiry",
        subject="Consulta de prensa: visitantes",
        offset="+0100",
        journalist="Ana Ruiz",
        outlet="El Muelle",
        deadline=at("17:00"),
        body="""
Buenos días:

Soy redactora de El Muelle y escribo un reportaje sobre los museos marítimos. ¿Cuántos visitantes tuvieron este año?
Necesito la respuesta antes de las 18:00 de hoy.

Un saludo,
Ana Ruiz
Redactora, El Muelle
""",
    ),
    Arriving(
        key="e5",
        clock="10:45",
        sender=TOM,
        kind="enquiry",
        subject="Guest for our podcast?",
        journalist="Tom Ayers",
        outlet="Sounding Board",
        body="""
Hi press team

I produce Sounding Board, a weekly podcast on ports and shipping. We'd love to have your director on for half an hour.
No rush, but could you let me know by Friday?

Tom
""",
    ),
    Arriving(
        key="e6",
        clock="11:15",
        sender=PRIYA,
        kind="enquiry",
        subject="Right of reply: safety at the museum",
        journalist="Priya Nair",
        outlet="The Meridian",
        deadline=at("16:00"),
        body="""
Dear press office,

I am an editor at The Meridian. Tomorrow we publish an investigation into fire safety at museums, and yours is named in
it. We would like to give you the right of reply:

1. When was the last fire inspection?
2. Did it find faults?
3. Have they been mended?

My deadline is 4pm today.

Priya Nair
Investigations editor, The Meridian
+44 20 7946 0123
""",
    ),
    Arriving(
        key="e7",
        clock="12:30",
        sender=RUTH,
        kind="enquiry",
        subject="Interview with your director?",
        journalist="Ruth Calder",
        outlet="North County Post",
        body="""
Hello again,

For a profile in the North County Post I would like to interview Dr Vale. Would she have an hour in December?

Best wishes
Ruth Calder
Reporter, North County Post
+44 20 7946 0000
""",
    ),
    Arriving(
        key="e8",
        clock="13:05",
        sender=BEN,
        kind="enquiry",
        subject="Fwd: Rope factory pictures",
        journalist="Mia Holt",
        outlet="Trade Ships Weekly",
        deadline=at("17:00", 20),
        body="""
This came to me, over to you.

Ben

---------- Forwarded message ---------
From: Mia Holt <mia.holt@tradeships.example>
Date: Wed, 18 Nov 2026 12:20:00 +0000
Subject: Rope factory pictures
To: <ben.okoro@museum.example>

Hi Ben,

I'm a picture editor at Trade Ships Weekly and I'm writing a piece about the old rope factory. Could you send us two
pictures of the hall before the works? We need them by 5pm on Friday.

Mia Holt
Picture editor, Trade Ships Weekly
""",
    ),
    Arriving(
        key="e9",
        clock="14:10",
        sender=OMAR,
        kind="enquiry",
        subject="Press query: school workshops",
        journalist="Omar Said",
        outlet="The Meridian",
        deadline=at("15:30", 19),
        body="""
Hello,

I'm the education correspondent of The Meridian. How many schools have booked the workshop so far, and what does a place
cost? My deadline is 3.30pm tomorrow.

Omar Said
Education correspondent, The Meridian
""",
    ),
    Arriving(
        key="e10",
        clock="16:45",
        sender=KIT,
        kind="enquiry",
        subject="URGENT: comment for the evening news",
        journalist="Kit Lowe",
        outlet="Dockside Radio",
        deadline=at("17:15"),
        body="""
Hi,

I'm a producer at Dockside Radio. We hear that an alarm went off in the new wing this afternoon. What happened, and was
anybody hurt? We go on air soon, so we need a line by 5.15pm.

Kit Lowe
News producer, Dockside Radio
""",
    ),
    Arriving(
        key="e11",
        clock="18:30",
        sender=NINA,
        kind="enquiry",
        subject="Question for tomorrow's paper",
        journalist="Nina Berg",
        outlet="Evening Post",
        deadline=at("10:00", 19),
        body="""
Good evening,

I'm a reporter with the Evening Post, writing about the alarm at the museum. Will you open tomorrow as usual? I would
need to know by 10am tomorrow.

Nina Berg
Reporter, Evening Post
""",
    ),
    Arriving(
        key="e12",
        clock="11:50",
        sender=LEO,
        kind="enquiry",
        subject="Media enquiry: ticket prices",
        media="text/html",
        journalist="Leo Grant",
        outlet="Harbour Gazette",
        deadline=at("14:30"),
        body="""
<html><body><p>Hello,</p><p>I'm a journalist at the <b>Harbour Gazette</b>. Will ticket prices go up when the new wing
opens? Please answer by 2.30pm today.</p><p>Leo Grant<br>Journalist, Harbour Gazette</p></body></html>
""",
    ),
    # --- what we sent ------------------------------------------------------------------------------------------------
    Arriving(
        key="s1",
        clock="09:20",
        sender=ADA,
        to=RUTH,
        folder="Sent",
        kind="reply",
        joins="e1",
        subject="Re: Request for comment: night tours",
        headers=thread("e1@northcounty-post.example"),
        body="Hello Ruth, we have your question and will come back to you before noon. Ada",
    ),
    Arriving(
        key="s2",
        clock="09:30",
        sender=BEN,
        to=JANA,
        folder="Sent",
        kind="reply",
        joins="e2",
        subject="AW: Presseanfrage: Schiffsmodelle",
        headers=thread("e2@hafenblatt.example"),
        body="Guten Tag Frau Petersen, wir melden uns bis 15 Uhr. Ben Okoro",
    ),
    Arriving(
        key="s3",
        clock="11:25",
        sender=ADA,
        to=PRIYA,
        folder="Sent",
        kind="reply",
        joins="e6",
        subject="Re: Right of reply: safety at the museum",
        headers=thread("e6@themeridian.example"),
        body="Dear Priya, we are looking into it. Ada Stone",
    ),
    Arriving(
        key="s4",
        clock="10:05",
        sender=BEN,
        to=LUC,
        folder="Sent",
        kind="reply",
        joins="e3",
        subject="RE: Demande de presse : la nouvelle aile",
        headers=thread("e3@lequai.example"),
        body="Bonjour, nous revenons vers vous. Ben Okoro",
    ),
    # --- journalists answer in their threads -------------------------------------------------------------------------
    Arriving(
        key="r1",
        clock="09:50",
        sender=RUTH,
        kind="reply",
        joins="e1",
        subject="Re: Request for comment: night tours",
        headers=thread("e1@northcounty-post.example", "s1@museum.example"),
        body="""
Thanks Ada, noon is fine. One more thing: will people get their money back?

Ruth

On Wed, 18 Nov 2026 at 09:20, Ada Stone <ada.stone@museum.example> wrote:
> Hello Ruth, we have your question and will come back to you before noon. Ada
""",
    ),
    Arriving(
        key="r2",
        clock="10:50",
        sender=JANA,
        kind="reply",
        joins="e2",
        subject="AW: AW: Presseanfrage: Schiffsmodelle",
        offset="+0100",
        headers=thread("e2@hafenblatt.example", "s2@museum.example"),
        body="""
Vielen Dank, das passt.

Jana Petersen

Am 18.11.2026 um 10:30 schrieb Ben Okoro:
> Guten Tag Frau Petersen, wir melden uns bis 15 Uhr. Ben Okoro
""",
    ),
    Arriving(
        key="r3",
        clock="12:10",
        sender=PRIYA,
        kind="reply",
        joins="e6",
        subject="Re: Right of reply: safety at the museum",
        headers=thread("e6@themeridian.example", "s3@museum.example"),
        body="""
Dear Ada, please note that 4pm is firm.

Priya

On 18/11/2026 11:25, Ada Stone wrote:
> Dear Priya, we are looking into it. Ada Stone
""",
    ),
    Arriving(
        key="r4",
        clock="14:40",
        sender="Zoé Blanc <z.blanc@lequai.example>",
        kind="reply",
        joins="e3",
        subject="RE: Demande de presse : la nouvelle aile",
        offset="+0100",
        headers=thread("e3@lequai.example", "s4@museum.example"),
        body="""
Bonjour, je remplace Luc aujourd'hui. Merci de m'envoyer votre réponse.

Zoé Blanc

Le mer. 18 nov. 2026 à 11:05, Ben Okoro <ben.okoro@museum.example> a écrit :
> Bonjour, nous revenons vers vous. Ben Okoro
""",
    ),
    Arriving(
        key="r5",
        clock="15:20",
        sender=TOM,
        kind="reply",
        joins="e5",
        subject="Re: Guest for our podcast?",
        headers=thread("e5@soundingboard.example"),
        body="""
Sorry, forgot to say: we can come to you.

Tom

On Wed, 18 Nov 2026 at 10:45, Tom Ayers <tom@soundingboard.example> wrote:
> Hi press team
""",
    ),
    # --- machines ----------------------------------------------------------------------------------------------------
    Arriving(
        key="b1",
        clock="06:10",
        sender="Mail Delivery System <mailer-daemon@mx.museum.example>",
        kind="bounce",
        subject="Undelivered Mail Returned to Sender",
        headers=("Auto-Submitted: auto-replied", "Return-Path: <>"),
        media='multipart/report; report-type=delivery-status; boundary="x"',
        body="""
--x
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered to one or more recipients.

<editor@gone.example>: host mx.gone.example said: 550 5.1.1 User unknown

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.museum.example

Final-Recipient: rfc822; editor@gone.example
Action: failed
Status: 5.1.1

--x--
""",
    ),
    Arriving(
        key="b2",
        clock="09:55",
        sender="MAILER-DAEMON@post.example",
        kind="bounce",
        subject="failure notice",
        headers=("Return-Path: <>",),
        body="""
Hi. This is the program at post.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<desk@post.example>:
Sorry, no mailbox here by that name.
""",
    ),
    Arriving(
        key="b3",
        clock="12:05",
        sender="postmaster@zeitung.example",
        kind="bounce",
        subject="Unzustellbar: Einladung zur Eröffnung",
        headers=("Auto-Submitted: auto-generated",),
        body="""
Ihre Nachricht konnte nicht zugestellt werden.

redaktion@zeitung.example: 550 5.1.1 Empfänger unbekannt
""",
    ),
    Arriving(
        key="a1",
        clock="09:25",
        sender=RUTH,
        kind="auto_reply",
        subject="Automatic reply: Invitation",
        headers=("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"),
        body="I am out on a story until eleven. For urgent matters call the newsdesk. Could it wait?",
    ),
    Arriving(
        key="a2",
        clock="09:26",
        sender="Sam Poole <sam.poole@fenlandnews.example>",
        kind="auto_reply",
        subject="Out of office: Invitation to the opening",
        body="I am out of the office until 30 November and have no access to my mail.",
    ),
    Arriving(
        key="a3",
        clock="09:27",
        sender=LUC,
        kind="auto_reply",
        subject="Réponse automatique : Invitation",
        headers=("Auto-Submitted: auto-replied",),
        body="Je suis absent du bureau jusqu'au 20 novembre. Pour toute urgence, contactez la rédaction.",
    ),
    Arriving(
        key="n1",
        clock="07:00",
        sender="The Meridian <briefing@themeridian.example>",
        kind="newsletter",
        subject="Your morning briefing",
        headers=(
            "List-Id: <briefing.themeridian.example>",
            "List-Unsubscribe: <https://themeridian.example/u>",
            "Precedence: bulk",
        ),
        body="Five stories to start your day. Read more on our site. Unsubscribe at any time.",
    ),
    Arriving(
        key="n2",
        clock="08:15",
        sender="Museums Monthly <news@museumsmonthly.example>",
        kind="newsletter",
        subject="November issue: what do visitors want?",
        headers=("List-Unsubscribe: <https://museumsmonthly.example/u>", "List-Id: <news.museumsmonthly.example>"),
        body="In this issue: what do visitors want? How much should a ticket cost? View in browser. Unsubscribe.",
    ),
    # --- people who are no journalists -------------------------------------------------------------------------------
    Arriving(
        key="o1",
        clock="08:40",
        sender="Chip <chip@guestposts.example>",
        kind="other",
        subject="Get your director into the big magazines",
        body="My team can place your director in 50+ top outlets. Only 3 slots left before the deadline on Friday! "
        "Shall I send the price list?",
    ),
    Arriving(
        key="o2",
        clock="15:05",
        sender="Growth Desk <sales@linkworks.example>",
        kind="other",
        subject="Guest post on your blog",
        body="We would like to place a guest post with a dofollow backlink on your blog. What are your rates?",
    ),
    Arriving(
        key="o3",
        clock="13:40",
        sender="angry.visitor@mailbox.example",
        kind="other",
        subject="I WANT MY MONEY BACK",
        body="Third time the lift was broken. If I have no refund by Monday I will tell every journalist I know.",
    ),
    Arriving(
        key="o4",
        clock="14:55",
        sender="P. Marsh <p.marsh@mailbox.example>",
        kind="other",
        subject="Opening hours",
        body="Hello, are you open on Boxing Day, and is there a discount for pensioners? I could not find it. P. Marsh",
    ),
    Arriving(
        key="o5",
        clock="15:45",
        sender="Jo Field <jo.field@mailbox.example>",
        kind="other",
        subject="Freedom of Information request: spending on consultants",
        body="Under the Freedom of Information Act 2000 please send me all spending on consultants since 2020.",
    ),
    Arriving(
        key="o6",
        clock="16:05",
        sender="Accounts <accounts@printers.example>",
        kind="other",
        subject="Invoice 20417",
        body="Please find attached our invoice 20417 for 500 leaflets. Payment is due by 2 December.",
    ),
    # --- doubtful ones -----------------------------------------------------------------------------------------------
    Arriving(
        key="x1",
        clock="13:20",
        sender="Vic Stranger <vic@nowhere.example>",
        kind="reply",
        review=True,
        subject="Re: [2026-0001] night tours",
        body="""
Ada, new facts: please send me the statement that you are drafting.

On Wed, 18 Nov 2026 at 09:20, Ada Stone <ada.stone@museum.example> wrote:
> Hello Ruth, we have your question.
""",
    ),
    Arriving(
        key="x2",
        clock="13:25",
        sender="Vic Stranger <vic@nowhere.example>",
        kind="reply",
        review=True,
        subject="Re: Right of reply: safety at the museum",
        headers=thread("e6@themeridian.example"),
        body="""
Please copy me in on your answer.

On 18/11/2026 11:25, Ada Stone wrote:
> Dear Priya, we are looking into it. Ada Stone
""",
    ),
    Arriving(
        key="x3",
        clock="15:50",
        sender="Carla Neri <c.neri@ilmolo.example>",
        kind="other",
        review=True,
        subject="Richiesta di informazioni per un articolo",
        offset="+0100",
        body="""
Buongiorno,

sono una giornalista de Il Molo e sto scrivendo un articolo sui musei del mare. Quanti visitatori avete avuto
quest'anno? Vorrei una risposta entro venerdì.

Cordiali saluti
Carla Neri
""",
    ),
    Arriving(
        key="j1",
        clock="10:35",
        sender="HARO <haro@helpareporter.com>",
        kind="journalist_request",
        subject="HARO Queries: Wednesday Morning Edition",
        offset="-0500",
        headers=("List-Unsubscribe: <https://helpareporter.example/u/1>",),
        body="""
Sponsored

********* INDEX ***********
Travel
1) Ship models that tell a story (Coastal Living)
General
2) Best quiet kettles (Homebody)
****************************

1) Summary: Ship models that tell a story

Name: Dana Whitlock

Category: Travel

Email: reply+4d64615c-61c7-4619-8ab8-052b32ff935b@helpareporter.com

Media Outlet: Coastal Living (https://www.coastalliving.example)

Deadline: 7:00 PM ET - 20 November

Query:

Which ship models in small museums are worth a journey, and why?

Requirements:

Curators only.

Back to Top
-----------------------------------

2) Summary: Best quiet kettles

Name: Lou Brandt

Category: General

Email: reply+e3fdb5c0-9257-47cf-8f52-cc160a686b92@helpareporter.com

Media Outlet: Homebody

Deadline: 12:00 PM ET - 24 November

Query:

One model, the measured dB and one drawback.

Back to Top
-----------------------------------

Unsubscribe from HARO
""",
    ),
)
"""39 mails; the fortieth is `TWICE`, e6 once more in another folder."""

TWICE = "e6"
KINDS = {mail.key: mail.kind for mail in MAILS}
