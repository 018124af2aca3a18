"""Mails that were written before the rules, and by which no rule was changed: what they measure is printed."""

from __future__ import annotations

from commsleads.letters import Letter
from tests.rules.reading.mails import Mail, party

HELD_OUT = (
    Mail(
        key="en-water", sender="Priya Raman <priya.raman@northcounty-post.example>",
        subject="Comment on burst main, Mill Lane",
        text="""
Morning,

We're running a story online this afternoon on the burst main in Mill Lane. Residents tell us they were without water
for
nineteen hours. Why did it take so long to reach them, and will they be compensated?

Grateful for anything you can send by 2pm.

Thanks,
Priya Raman
Chief reporter
North County Post
T: 01632 960 117 | M: +44 7700 900123
""",
        kind="enquiry", journalist="Priya Raman", outlet="North County Post", request_type="comment", language="en",
        deadline="2026-05-06 14:00", urgent=True, questions=2, phone="+44 7700 900123",
    ),
    Mail(
        key="en-freelance", sender="Dele Okafor <dele.okafor@gmail.com>",
        subject="Fact check - Harbour Quarterly feature",
        text="""
Hello,

I'm a freelance journalist working on a feature about tidal power for Harbour Quarterly. Before it goes to the printers
I'd like to check three things with you:

1. How many turbines are in the water today?
2. Is it right that the second phase was approved in March?
3. Who is the project's lead engineer?

My deadline is Friday 15 May at noon.

Best,
Dele
""",
        kind="enquiry", journalist="Dele Okafor", outlet="Harbour Quarterly", request_type="data", language="en",
        deadline="2026-05-15 12:00", urgent=False, questions=3,
    ),
    Mail(
        key="en-reply-right", sender="Ms Hannah Voss <h.voss@lantern-investigates.example>",
        subject="Right of reply - PRIVATE AND CONFIDENTIAL",
        text="""
Dear Sir or Madam,

I am an investigative reporter with Lantern. We intend to publish an article alleging that Acme knew of the faulty
valves
two years before the recall. We would like to give you the opportunity to respond to the following points:

- that an internal memo of June 2023 described the defect
- that the memo's author was asked to withdraw it

Please let us have your response no later than 10am on Monday 11 May 2026.

Yours faithfully
Hannah Voss
""",
        kind="enquiry", journalist="Hannah Voss", outlet="Lantern", request_type="right of reply", language="en",
        deadline="2026-05-11 10:00",
    ),
    Mail(
        key="en-tv", sender="Marcus Bell <marcus.bell@tideline.example>", subject="filming request thursday",
        text="""
hi there

i'm a producer on Tideline Tonight. can we bring a camera crew to your depot on thursday to film the new buses? two
people,
about an hour. would also love a quick chat on camera with whoever runs it.

call me on 07700 900456

marcus
""",
        kind="enquiry", journalist="Marcus Bell", outlet="Tideline Tonight", request_type="filming", language="en",
        phone="07700 900456",
    ),
    Mail(
        key="en-list", sender="Sofia Lindqvist <sofia@gridwatch.example>",
        subject="Press query: outage figures for Q1",
        text="""
Hi press team,

I cover energy for Gridwatch and am writing a piece about winter outages. Could you send me the number of customer
minutes
lost in the first quarter, and last year's for comparison? Happy to talk on background if that is easier.

I file tomorrow at 11am.

Sofia Lindqvist
Energy correspondent, Gridwatch
""",
        kind="enquiry", journalist="Sofia Lindqvist", outlet="Gridwatch", request_type="data", language="en",
        deadline="2026-05-07 11:00", urgent=True, doubtful=True,
        marks={"list-unsubscribe": "<https://crm.example/u/1>", "precedence": "bulk"},
    ),
    Mail(
        key="en-correction", sender="Letters Desk <corrections@northcounty-post.example>",
        subject="Your correction request",
        text="""
Hello

I'm the readers' editor of the North County Post. You asked us to correct Tuesday's report. Can you confirm in
writing which
of the two figures for the pension deficit is the right one? We plan to print the correction on Saturday.

Iain Forsyth
Readers' editor
""",
        kind="enquiry", journalist="Iain Forsyth", outlet="North County Post", request_type="correction",
        language="en",
    ),
    Mail(
        key="de-zeitung", sender="Kathrin Böhm <k.boehm@hafenblatt.example>",
        subject="Bitte um Stellungnahme: Streik am Montag",
        text="""
Sehr geehrte Damen und Herren,

für unsere morgige Ausgabe bereite ich einen Beitrag zum angekündigten Warnstreik vor. Rechnen Sie mit Ausfällen?
Welche
Linien wären betroffen? Bitte senden Sie mir Ihre Stellungnahme bis heute, 16 Uhr.

Vielen Dank und freundliche Grüße
Kathrin Böhm
Redakteurin Lokales
Hafenblatt
Tel. +49 40 9999 1234
""",
        kind="enquiry", journalist="Kathrin Böhm", outlet="Hafenblatt", request_type="comment", language="de",
        deadline="2026-05-06 15:00", urgent=True, questions=3, phone="+49 40 9999 1234",
        date_raw="Wed, 06 May 2026 10:00:00 +0200",
    ),
    Mail(
        key="de-radio", sender="Jonas Weidner <weidner@radio.funkhaus.example>",
        subject="Interviewanfrage Wärmepumpen",
        text="""
Guten Tag,

ich bin freier Journalist und arbeite gerade für Radio Nordwind an einer Sendung über Wärmepumpen. Gern würde ich mit
Ihrem technischen Leiter ein Interview führen, etwa zehn Minuten, telefonisch. Hätte er am Freitag Zeit?

Herzliche Grüße
Jonas Weidner
""",
        kind="enquiry", journalist="Jonas Weidner", outlet="Radio Nordwind", request_type="interview", language="de",
        date_raw="Wed, 06 May 2026 10:00:00 +0200",
    ),
    Mail(
        key="de-bild", sender="Bildredaktion <bildredaktion@wochenspiegel.example>", subject="Fotos vom neuen Werk",
        text="""
Hallo zusammen,

für eine Doppelseite im Wochenspiegel suchen wir druckfähige Fotos vom neuen Werk in Emden. Können Sie uns welche
schicken
und sagen, wie der Bildnachweis lauten soll? Redaktionsschluss ist Donnerstag, 12 Uhr.

Beste Grüße
Miriam Stahl
Bildredakteurin Wochenspiegel
""",
        kind="enquiry", journalist="Miriam Stahl", outlet="Wochenspiegel", request_type="images", language="de",
        deadline="2026-05-07 11:00", date_raw="Wed, 06 May 2026 10:00:00 +0200",
    ),
    Mail(
        key="fr-quotidien", sender="Aurélie Mercier <a.mercier@depecheduport.example>",
        subject="Demande de réaction - fermeture du site",
        text="""
Bonjour,

Je suis journaliste à La Dépêche du Port. Nous préparons un article sur la fermeture annoncée du site du Havre.
Combien de
salariés sont concernés ? Confirmez-vous la date du 30 juin ? Pourriez-vous nous transmettre votre réaction avant 17h ?

Bien cordialement,
Aurélie Mercier
06 99 88 77 66
""",
        kind="enquiry", journalist="Aurélie Mercier", outlet="La Dépêche du Port", request_type="comment",
        language="fr",
        deadline="2026-05-06 16:00", urgent=True, questions=3, date_raw="Wed, 06 May 2026 10:00:00 +0200",
    ),
    Mail(
        key="fr-podcast", sender="Yanis Belkacem <yanis@voixdulittoral.example>", subject="Invitation podcast",
        text="""
Bonjour,

Je produis Voix du Littoral, un podcast hebdomadaire consacré aux métiers de la mer. Nous aimerions recevoir votre
directrice
de recherche pour un entretien de quarante minutes courant juin. Est-ce envisageable ?

Belle journée,
Yanis Belkacem
""",
        kind="enquiry", journalist="Yanis Belkacem", outlet="Voix du Littoral", request_type="interview",
        language="fr",
        urgent=False,
    ),
    Mail(
        key="es-diario", sender="Lucía Ferrer <lferrer@elfaro.example>",
        subject="Consulta de prensa: vertido en la ría",
        text="""
Buenos días:

Soy redactora de El Faro de Levante y preparo una información sobre el vertido del domingo. ¿Cuántos litros se
derramaron?
¿Qué medidas ha tomado la empresa? Necesitaría una respuesta antes de las 18:00 de hoy.

Un saludo,
Lucía Ferrer
Tel. +34 655 012 345
""",
        kind="enquiry", journalist="Lucía Ferrer", outlet="El Faro de Levante", request_type="comment", language="es",
        deadline="2026-05-06 17:00", urgent=True, questions=2, phone="+34 655 012 345",
        date_raw="Wed, 06 May 2026 10:00:00 +0200",
    ),
    Mail(
        key="es-entrevista", sender="Redacción <redaccion@puertoabierto.example>",
        subject="Solicitud de entrevista con la directora",
        text="""
Estimados señores:

Me llamo Tomás Iriarte, periodista de Puerto Abierto. Nos gustaría entrevistar a su directora general para nuestro
suplemento
de economía. ¿Sería posible la semana próxima?

Quedo a la espera,
Tomás Iriarte
""",
        kind="enquiry", journalist="Tomás Iriarte", outlet="Puerto Abierto", request_type="interview", language="es",
    ),
    Mail(
        key="fwd-colleague", sender="Reception <reception@acme.example>", subject="FW: question about the pipeline",
        text="This came to the front desk, one for you I think.",
        kind="enquiry", journalist="Owen Pritchard", outlet="The Valley Courier", language="en",
        email="owen@valleycourier.example",
        deadline="2026-05-06 17:30", questions=1,
        inner=Letter(
            subject="question about the pipeline", sender=party("Owen Pritchard <owen@valleycourier.example>"),
            text="Hello, I write for The Valley Courier. Is the pipeline at Cwm Du leaking, as two farmers have told "
                 "me?\n"
                 "I need an answer by 5.30pm.\n\nOwen Pritchard\nReporter\nThe Valley Courier",
        ),
    ),
    Mail(
        key="en-no-outlet", sender="M. Castellanos <mcastellanos@proton.me>", subject="quick question",
        text="""
Hi, I'm a reporter looking into the Elm Street contract. Who signed it off for Acme and was it ever put out to
tender? I'd
appreciate a call back today.
""",
        kind="enquiry", outlet="", language="en", questions=1,
    ),
    # --- not for the log
    Mail(
        key="neg-student", sender="Beth Lowry <b.lowry@uni.example>", subject="Questions for my dissertation",
        text="""
Dear Acme,

I'm a third-year student writing my dissertation about supply chains. Could you answer a short survey of ten
questions? How many
suppliers do you have?

Beth
""",
        kind="other",
    ),
    Mail(
        key="neg-order", sender="P. Hargreaves <ph1961@mailbox.example>", subject="Order 55812 still missing",
        text="""
I ordered a toaster from you on 2 April, order number 55812, and it has never arrived. When will it come, and why
does nobody
answer the phone? If I don't get a refund by Friday I am going to the papers.
""",
        kind="other",
    ),
    Mail(
        key="neg-kunde", sender="Uwe Kranz <uwe.kranz@post.example>", subject="Beschwerde",
        text="""
Sehr geehrte Damen und Herren, meine Bestellung mit der Kundennummer 771204 kam beschädigt an. Wann bekomme ich mein
Geld zurück?
Ich erwarte Ihre Antwort bis Freitag. Uwe Kranz
""",
        kind="other",
    ),
    Mail(
        key="neg-pitch", sender="Kayla at BrightReach <kayla@brightreach.example>", subject="Press coverage for Acme?",
        text="""
Hi there,

Would you like Acme to be featured in top business publications? We work with journalists at 200 media outlets and
guarantee
placement. Are you free for a quick 15-minute call this week? Our packages start at $499.

Kayla
""",
        kind="other",
    ),
    Mail(
        key="neg-invoice", sender="Accounts <accounts@printworks.example>", subject="Invoice 2291 overdue",
        text="Please find attached invoice 2291 for the printing of your press folders. Could you confirm payment by "
             "Friday?",
        kind="other",
    ),
    Mail(
        key="neg-bewerbung", sender="Lena Fuchs <lena.fuchs@post.example>",
        subject="Bewerbung als Volontärin in der Pressestelle",
        text="""
Sehr geehrte Damen und Herren,

hiermit bewerbe ich mich um das Volontariat in Ihrer Pressestelle. Nach Stationen als Redakteurin beim Wochenspiegel
möchte ich
die Seite wechseln. Meinen Lebenslauf finden Sie im Anhang. Wann kann ich mit einer Antwort rechnen?

Lena Fuchs
""",
        kind="other",
    ),
    Mail(
        key="neg-foi", sender="R. Teller <r.teller@post.example>",
        subject="Freedom of Information request - parking fines",
        text="""
Dear Acme Council,

Under the Freedom of Information Act 2000 please provide the number of parking fines issued in each of the last five
years.

R. Teller
""",
        kind="other",
    ),
    Mail(
        key="neg-release", sender="PR Team <news@agency.example>",
        subject="PRESS RELEASE: Bolt launches new e-scooter",
        text="""
FOR IMMEDIATE RELEASE

Bolt Works today announced a new e-scooter. "We are thrilled," said the chief executive. Would your readers be
interested? I can
offer an interview with our founder. High-resolution images are available.

Notes to editors: Bolt Works was founded in 2019.
""",
        kind="other",
    ),
    Mail(
        key="neg-colleague", sender="Ben Shaw <ben.shaw@acme.example>", subject="coffee rota",
        text="Can everyone tell me by noon who is on coffee next week? Ben",
        kind="other",
    ),
    Mail(
        key="auto-de", sender="Kathrin Böhm <k.boehm@hafenblatt.example>", subject="Abwesenheitsnotiz: Ihre Antwort",
        text="Ich bin bis zum 18. Mai nicht im Büro. In dringenden Fällen wenden Sie sich bitte an die Redaktion. "
             "Ihre Nachricht wird nicht "
             "weitergeleitet.",
        kind="auto_reply",
    ),
    Mail(
        key="auto-plain", sender="Priya Raman <priya.raman@northcounty-post.example>",
        subject="Re: Statement on the burst main",
        text="Hi, I'm on annual leave until Monday 11 May. For anything urgent please email the newsdesk.",
        kind="auto_reply",
    ),
    Mail(
        key="bounce-text", sender="Mail Delivery <mailer-daemon@mx.example>", subject="Returned mail",
        text="Your message to jonas@funkhaus.example could not be delivered. 550 5.1.1 user unknown.",
        kind="bounce",
    ),
    Mail(
        key="news", sender="The Comms Weekly <hello@commsweekly.example>",
        subject="This week: five questions reporters ask",
        text="""
View this email in your browser

What do reporters want from a press office? Our editor Jo Hale talks to a journalist about deadlines. Read more.

You receive this because you signed up. Unsubscribe | Manage preferences
""",
        kind="newsletter",
        marks={"list-unsubscribe": "<https://commsweekly.example/u>", "list-id": "<weekly.commsweekly.example>"},
    ),
    Mail(
        key="reply", sender="Priya Raman <priya.raman@northcounty-post.example>", subject="Re: Burst main",
        text="""
Thanks, that helps. One more thing: was anybody hurt?

On 6 May 2026, at 13:20, Acme press office <press@acme.example> wrote:
> Our engineers reached the site at noon.
""",
        kind="reply", in_reply_to=("answer1@acme.example",), questions=1,
    ),
    # --- languages that are not read
    Mail(
        key="it", sender="Chiara Bassi <c.bassi@ilmolo.example>", subject="Richiesta di commento",
        text="Buongiorno, sono una giornalista de Il Molo. Vorrei sapere quanti lavoratori sono coinvolti nella "
             "chiusura dello stabilimento "
             "e se l'azienda intende ritirare i licenziamenti. Avrei bisogno di una risposta entro domani alle 12. "
             "Grazie, Chiara Bassi",
        kind="other", language="it", doubtful=True, deadline="",
    ),
    Mail(
        key="nl", sender="Sanne de Wit <sanne@havenkrant.example>", subject="Vraag over de staking",
        text="Goedemorgen, ik ben verslaggever bij de Havenkrant. Hoeveel medewerkers doen er mee aan de staking en "
             "wat gaat het bedrijf nu "
             "doen? Graag ontvang ik uw reactie voor vanmiddag 15 uur. Met vriendelijke groet, Sanne de Wit",
        kind="other", language="nl", doubtful=True, deadline="",
    ),
    Mail(
        key="ja", sender="佐藤 健 <sato@minato-shimbun.example>", subject="取材のお願い",
        text="港新聞の記者の佐藤と申します。新工場の開設について取材させていただきたく、ご連絡いたしました。金曜日までにご回答いただけますでしょうか。",
        kind="other", language="ja", doubtful=True, deadline="",
    ),
)  # fmt: skip
"""Half of the table."""
