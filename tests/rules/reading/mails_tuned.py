"""Harder mails, written after the rules and then used to better them. What they showed at first is in docs/mail.md."""

from __future__ import annotations

from commsleads.letters import Letter
from tests.rules.reading.mails import Mail, party

TUNED = (
    Mail(
        key="en-terse", sender="Joanna Reid <jreid@thebulletin.example>", subject="Re: closures",
        text="""
Hi, Joanna at The Bulletin. Hearing you're shutting three branches before Christmas - true? Which ones? Need to turn
this round
by 3.

J
""",
        kind="enquiry", journalist="Joanna Reid", outlet="The Bulletin", language="en", request_type="comment",
    ),
    Mail(
        key="en-agency", sender="Singh, Amrit <amrit.singh@wirehouse.example>",
        subject="statement needed - depot fire",
        text="""
Morning all

Amrit Singh, Wirehouse News Agency. Can I get a statement on the fire at the Kirk Street depot overnight please,
including
whether anyone was injured and when services will resume. On deadline for 11.

Cheers
Amrit
0161 496 0033
""",
        kind="enquiry", journalist="Amrit Singh", outlet="Wirehouse News Agency", language="en",
        request_type="comment",
        phone="0161 496 0033", urgent=True, deadline="2026-05-06 11:00",
    ),
    Mail(
        key="en-blogger", sender="Nell <nell@railwatcher.example>", subject="Timetable change",
        text="""
Hello there,

I run Rail Watcher, a website read by about 9,000 commuters a month. For a post next week I'm trying to find out why
the 07.42
was cut. Is there somebody who could explain the decision?

Many thanks, Nell Thwaite
""",
        kind="enquiry", journalist="Nell Thwaite", outlet="Rail Watcher", language="en",
    ),
    Mail(
        key="en-trade", sender="Gareth Pugh - Packaging Now <gareth@packagingnow.example>",
        subject="Your new recycling line",
        text="""
Dear press office

I edit Packaging Now, the monthly for the carton trade. We'd like to run a page on your new recycling line in the
July issue.
Please could you send two or three high-res pictures and a few lines on its capacity? Copy date is 29 May.

Kind regards

Gareth Pugh
Editor, Packaging Now
+44 (0)29 2018 0123
""",
        kind="enquiry", journalist="Gareth Pugh", outlet="Packaging Now", language="en", request_type="images",
        urgent=False,
        phone="+44 (0)29 2018 0123",
    ),
    Mail(
        key="en-radio-guest", sender="Mornings <mornings@coastfm.example>", subject="Breakfast show tomorrow",
        text="""
Hi,

It's Leah from the Coast FM breakfast show. We're talking about beach closures tomorrow just after 7.10 - could your
chief
executive come on for five minutes down the line? Let me know by 6pm tonight if poss.

Leah Marsden
Assistant producer
07700 900812
""",
        kind="enquiry", journalist="Leah Marsden", outlet="Coast FM", language="en", request_type="interview",
        deadline="2026-05-06 18:00", urgent=True, phone="07700 900812",
    ),
    Mail(
        key="en-us", sender="Kim Alvarez <kim@plainsdealer.example>", subject="Media inquiry re: recall",
        text="""
Good morning,

I'm a staff writer with the Plains Dealer in Omaha. How many of the recalled units were sold in Nebraska, and has
anyone been hurt?
My deadline is 5 p.m. Central today.

Thanks,
Kim Alvarez
Staff Writer | Plains Dealer
(402) 555-0142
""",
        kind="enquiry", journalist="Kim Alvarez", outlet="Plains Dealer", language="en", deadline="2026-05-06 23:00",
        urgent=True,
        phone="(402) 555-0142", questions=2, topic="recall", date_raw="Wed, 06 May 2026 03:00:00 -0500",
    ),
    Mail(
        key="en-embargo", sender="Dr. Helen Osei <h.osei@sciencetoday.example>",
        subject="[Confidential] Query for Science Today",
        text="""
Hi,

I'm covering next week's paper on microplastics for Science Today and wondered whether one of your chemists would
read it under
embargo and tell me what they make of it. An off-the-record chat is fine. I'd need to hear back by close of play on
Friday.

Helen
""",
        kind="enquiry", journalist="Helen Osei", outlet="Science Today", language="en", deadline="2026-05-08 17:00",
    ),
    Mail(
        key="en-spoof", sender="Ruth Calder <ruth.calder@gmail.com>", subject="Press enquiry",
        text="""
I am a reporter for the North County Post. Please send me the home address of your chief executive. When is she at
home?

Ruth Calder, North County Post
""",
        kind="enquiry", outlet="North County Post", language="en", doubtful=True,
    ),
    Mail(
        key="en-dmarc", sender="Priya Raman <priya.raman@northcounty-post.example>",
        subject="Request for comment: pensions",
        text="I'm writing a story about the pension deficit. Do you dispute the figure of £40m? I file at "
             "4pm.\n\nPriya Raman\nChief reporter",
        kind="enquiry", outlet="North County Post", doubtful=True,
        marks={"authentication-results": "mx.acme.example; spf=fail; dkim=none; dmarc=fail (p=none)"},
    ),
    Mail(
        key="en-followup-release", sender="Omar Haddad <omar@thecourant.example>",
        subject="RE: Acme opens its Leeds plant",
        text="""
Thanks for the release. How many of the 300 jobs are new, and how many are moved from Hull? I'm at the Courant,
filing at 2.

Omar

From: Acme press office <press@acme.example>
Sent: 06 May 2026 08:00
To: News list
Subject: Acme opens its Leeds plant

Acme opened its Leeds plant today.
""",
        kind="reply", journalist="Omar Haddad", language="en", questions=2,
    ),
    Mail(
        key="de-kurz", sender="Nina Wolff <n.wolff@abendkurier.example>", subject="Kurze Nachfrage",
        text="""
Liebe Pressestelle,

stimmt es, dass der Vorstandsvorsitzende zum Jahresende geht? Und wer übernimmt? Wir wollen heute Abend online damit
raus.

Beste Grüße
Nina Wolff | Abendkurier
""",
        kind="enquiry", journalist="Nina Wolff", outlet="Abendkurier", language="de", questions=2,
    ),
    Mail(
        key="de-konfrontation", sender="Dr. Peter Lang <p.lang@magazin-lupe.example>",
        subject="Konfrontation / Frist Freitag 14 Uhr",
        text="""
Sehr geehrter Herr Becker,

im Rahmen einer Recherche für das Magazin Lupe geben wir Ihnen Gelegenheit zur Stellungnahme zu folgenden Vorwürfen:

1. Acme habe Messwerte nachträglich geändert.
2. Die Aufsicht sei darüber nicht informiert worden.

Wir bitten um Ihre Antwort bis Freitag, 8. Mai 2026, 14 Uhr.

Mit freundlichen Grüßen
Peter Lang
Redaktion Lupe
""",
        kind="enquiry", journalist="Peter Lang", language="de", request_type="right of reply",
        deadline="2026-05-08 13:00",
        questions=2, date_raw="Wed, 06 May 2026 10:00:00 +0200",
    ),
    Mail(
        key="de-tv", sender="Planung <planung@kanal7.example>", subject="Drehanfrage: Klärwerk",
        text="""
Guten Tag,

für unser Nachmittagsmagazin würden wir am kommenden Dienstag gern im Klärwerk drehen, Team von drei Personen, etwa
zwei
Stunden. An wen kann ich mich wegen der Drehgenehmigung wenden?

Viele Grüße
Saskia Brandt
Redakteurin, Kanal 7
Mobil: 0151 2345 6789
""",
        kind="enquiry", journalist="Saskia Brandt", outlet="Kanal 7", language="de", request_type="filming",
        phone="0151 2345 6789",
    ),
    Mail(
        key="de-frei", sender="Emre Aydin <emre.aydin@posteo.de>", subject="Anfrage zu Ihrer Studie",
        text="""
Hallo,

ich bin freier Journalist und schreibe gerade einen Text über Pendler für die Zeit-Schrift Stadtblick. Könnten Sie
mir die
Rohdaten zu Ihrer Umfrage schicken? Und mit wem könnte ich darüber kurz sprechen? Es eilt nicht, nächste Woche reicht.

LG Emre Aydin
""",
        kind="enquiry", journalist="Emre Aydin", language="de", urgent=False, questions=2,
    ),
    Mail(
        key="fr-court", sender="BOURGEOIS Camille <camille.bourgeois@lecho.example>", subject="RE: demande urgente",
        text="""
Bonjour,

Camille Bourgeois, de L'Écho des Vallées. Est-il exact que trois classes vont fermer à la rentrée ? Si oui,
lesquelles ? Je boucle
à 18h.

Merci d'avance
""",
        kind="enquiry", outlet="L'Écho des Vallées", language="fr", urgent=True, questions=2,
    ),
    Mail(
        key="fr-tv", sender="Hugo Lacaze <hugo.lacaze@televallee.example>", subject="Tournage jeudi",
        text="""
Bonjour,

Journaliste reporter d'images à Télé Vallée, je souhaiterais tourner quelques images de votre entrepôt jeudi matin
pour un sujet
sur la logistique. Serait-ce possible ? Qui puis-je appeler ?

Hugo Lacaze
Tél. : +33 6 12 34 56 78
""",
        kind="enquiry", journalist="Hugo Lacaze", outlet="Télé Vallée", language="fr", request_type="filming",
        phone="+33 6 12 34 56 78",
    ),
    Mail(
        key="fr-droit", sender="Sandrine Petit <s.petit@enquetes.example>", subject="Questions avant publication",
        text="""
Madame, Monsieur,

Dans le cadre d'une enquête sur les marchés publics du département, je souhaite recueillir votre version des faits
suivants :

- Acme aurait été prévenue de l'appel d'offres avant sa parution ;
- un cadre de votre société aurait rencontré l'élu chargé du dossier.

Je vous remercie de me faire parvenir vos réponses d'ici vendredi 12h.

Sandrine Petit, journaliste
""",
        kind="enquiry", journalist="Sandrine Petit", language="fr", questions=2,
    ),
    Mail(
        key="es-tv", sender="Producción <produccion@canalsur9.example>", subject="Invitado para mañana",
        text="""
Hola, buenas tardes:

Soy Marta Gil, productora del programa La Lupa en Canal Nueve. Mañana hablamos de la sequía y nos gustaría contar con
su portavoz
en plató a las 12:30. ¿Podría confirmarme hoy antes de las 19 h?

Gracias,
Marta Gil
644 010 203
""",
        kind="enquiry", journalist="Marta Gil", language="es", request_type="interview", urgent=True,
    ),
    Mail(
        key="es-breve", sender="Andrés Molina <amolina@laverdaddelsur.example>", subject="Huelga",
        text="""
Buenas, os escribo de La Verdad del Sur. ¿Qué seguimiento está teniendo la huelga en vuestra planta? ¿Va a haber
despidos? Cerramos
a las ocho.

Andrés
""",
        kind="enquiry", journalist="Andrés Molina", outlet="La Verdad del Sur", language="es", questions=2,
    ),
    # --- not for the log
    Mail(
        key="neg-thanks", sender="Priya Raman <priya.raman@northcounty-post.example>", subject="Thank you",
        text="Thanks for your help with yesterday's piece, much appreciated. It ran on page five.\n\nPriya "
             "Raman\nChief reporter, North County Post",
        kind="other",
    ),
    Mail(
        key="neg-award", sender="Awards Team <entries@businessstars.example>",
        subject="Last chance: enter before the deadline on Friday",
        text="""
Hi,

There is still time to enter the Business Stars Awards! Our judges include journalists and editors from leading
titles. Entry costs
£195. Would you like us to hold a place for Acme? Register now.
""",
        kind="other",
    ),
    Mail(
        key="neg-survey", sender="Prof. A. Kern <kern@uni.example>", subject="Umfrage zur Medienarbeit",
        text="Sehr geehrte Damen und Herren, im Rahmen meiner Masterarbeit untersuche ich die Arbeit von "
             "Pressestellen. Würden Sie zehn Minuten "
             "für meine Umfrage aufbringen? Wie viele Journalistenanfragen erhalten Sie im Monat?",
        kind="other",
    ),
    Mail(
        key="neg-reclamo", sender="Carlos Vega <cvega71@correo.example>", subject="Mi pedido no llega",
        text="Hice un pedido el 3 de abril, número de pedido 99120, y no ha llegado. ¿Cuándo lo voy a recibir? Si no "
             "me responden hoy, iré a la prensa.",
        kind="other",
    ),
    Mail(
        key="neg-facture", sender="Comptabilité <compta@imprimerie.example>", subject="Facture n° 2026-118",
        text="Bonjour, vous trouverez ci-joint notre facture n° 2026-118 pour vos dossiers de presse. Pourriez-vous "
             "nous confirmer le règlement avant "
             "vendredi ? Cordialement",
        kind="other",
    ),
    Mail(
        key="neg-influencer", sender="Zara <zara@zarastyles.example>", subject="Collab?",
        text="Hey! I'm a content creator with 80k followers and would love to work with your brand. Could you send "
             "me some products? My rate card is "
             "attached.",
        kind="other",
    ),
    Mail(
        key="neg-foi-de", sender="Jürgen Abel <abel@post.example>",
        subject="Antrag nach dem Informationsfreiheitsgesetz",
        text="Sehr geehrte Damen und Herren, hiermit beantrage ich nach dem IFG Auskunft: Wie hoch waren die "
             "Beraterkosten 2025? Ich bitte um Antwort "
             "innerhalb eines Monats.",
        kind="other",
    ),
    Mail(
        key="auto-fr", sender="Aurélie Mercier <a.mercier@depecheduport.example>",
        subject="Réponse automatique : Votre question",
        text="Bonjour, je suis absente jusqu'au 18 mai. En cas d'urgence, contactez la rédaction.", kind="auto_reply",
    ),
    Mail(
        key="auto-receipt", sender="Newsdesk <newsdesk@thecourant.example>",
        subject="Thank you for contacting the newsroom",
        text="Thank you for your email. We receive hundreds of emails a day and cannot answer all of them. If your "
             "story is urgent call the desk.",
        kind="auto_reply", marks={"auto-submitted": "auto-replied"},
    ),
    Mail(
        key="auto-ja", sender="佐藤 健 <sato@minato-shimbun.example>", subject="自動応答: ご回答",
        text="ただいま不在にしております。18日以降にご返信いたします。", kind="auto_reply",
    ),
    Mail(
        key="bounce-de", sender="MAILER-DAEMON <mailer-daemon@mx.funkhaus.example>",
        subject="Unzustellbar: Stellungnahme Acme",
        text="Ihre Nachricht konnte nicht zugestellt werden. Empfänger unbekannt.", kind="bounce",
    ),
    Mail(
        key="post-office", sender="Kelly Hart <khart@thecourant.example>", subject="Undelivered mail",
        text="""
Hi, I'm a consumer reporter at the Courant. Readers tell me thousands of letters were not delivered in April. How
many were returned
to sender? Grateful for a statement by 4pm.

Kelly Hart
""",
        kind="enquiry", journalist="Kelly Hart", outlet="Courant", language="en",
    ),
    Mail(
        key="formular", sender="Web form <no-reply@acme-forms.example>", subject="New message from press form",
        text="""
Name: Tilda Swann
Outlet: The Ferryman
Message: I'm a reporter at The Ferryman working on a story about the new ferry. Could you confirm what it cost?
Deadline 3pm today.
""",
        kind="enquiry", outlet="The Ferryman", doubtful=True, marks={"auto-submitted": "auto-generated"},
    ),
    Mail(
        key="fwd-de", sender="Zentrale <zentrale@acme.example>", subject="WG: Frage", text="Könnt ihr das übernehmen?",
        kind="enquiry", journalist="Kathrin Böhm", outlet="Hafenblatt", language="de",
        email="k.boehm@hafenblatt.example", questions=1,
        inner=Letter(
            subject="Frage", sender=party("Kathrin Böhm <k.boehm@hafenblatt.example>"),
            text="Guten Morgen,\n\nwird das Schwimmbad in diesem Sommer öffnen? Ich bräuchte die Auskunft bis 15 Uhr "
                 "für die morgige Ausgabe.\n\n"
                 "Kathrin Böhm, Hafenblatt",
        ),
    ),
    Mail(
        key="pl", sender="Anna Zielińska <a.zielinska@kurierportowy.example>", subject="Pytanie prasowe",
        text="Dzień dobry, jestem dziennikarką Kuriera Portowego i przygotowuję artykuł o strajku. Ilu pracowników "
             "bierze w nim udział? Proszę o odpowiedź "
             "do jutra do godziny 12.",
        kind="other", language="pl", doubtful=True, deadline="",
    ),
    Mail(
        key="ru", sender="Ольга Титова <o.titova@gavan.example>", subject="Запрос комментария",
        text="Здравствуйте! Я корреспондент газеты «Гавань». Просим прокомментировать закрытие завода и сообщить, "
             "сколько человек потеряет работу. "
             "Ответ нужен до завтра.",
        kind="other", language="ru", doubtful=True, deadline="",
    ),
    Mail(
        key="pt", sender="Inês Duarte <ines@ocais.example>", subject="Pedido de comentário",
        text="Boa tarde, sou jornalista d'O Cais e gostaria de saber quantos trabalhadores serão afetados pelo "
             "encerramento da fábrica. Preciso de uma "
             "resposta até amanhã ao meio-dia. Obrigada.",
        kind="other", language="pt", doubtful=True, deadline="",
    ),
)  # fmt: skip
"""The other half of the table."""
