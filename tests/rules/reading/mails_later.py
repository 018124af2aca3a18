"""Mails that were written when the rules seemed done. What they showed at first is in docs/mail.md; then they bettered
the rules."""

from __future__ import annotations

from tests.rules.reading.mails import Mail

LATER = (
    Mail(
        key="l-data", sender="Fiona Grant <fiona.grant@islandmail.example>", subject="Ferry cancellations",
        text="Good afternoon\n\nFor Thursday's Island Mail I'm after the number of sailings cancelled since January "
             "because of crew shortages, "
             "and how that compares with 2025.\n\nIf you could come back to me before lunch tomorrow that would be "
             "brilliant.\n\nFiona Grant\nSenior "
             "reporter\nIsland Mail\n01856 555 010",
        kind="enquiry", journalist="Fiona Grant", outlet="Island Mail", request_type="data", language="en",
        phone="01856 555 010",
    ),
    Mail(
        key="l-anon", sender="Investigations <tips@theledger.example>", subject="URGENT: response required by 6pm",
        text="To whom it may concern,\n\nThe Ledger will tonight publish a report that Acme's auditors resigned over "
             "undisclosed loans. Does Acme accept "
             "that the loans exist? Why were shareholders not told?\n\nWe will include any response received by "
             "6pm.\n\nDaniel Marsh and Ivy Chen\nThe Ledger",
        kind="enquiry", outlet="The Ledger", language="en", deadline="2026-05-06 18:00", urgent=True, questions=2,
    ),
    Mail(
        key="l-student-paper", sender="Amelie Roux <news@campusvoice.example>",
        subject="student newspaper - comment on rent rises",
        text="Hi! I'm news editor of Campus Voice, the student newspaper. We're covering the rent rises in your "
             "halls this week. Do you think they're "
             "fair, and will there be any help for first years? We go to print on Thursday.\n\nAmelie",
        kind="enquiry", journalist="Amelie Roux", outlet="Campus Voice", language="en", request_type="comment",
    ),
    Mail(
        key="l-photo", sender="Picture Desk <pictures@northcounty-post.example>", subject="headshot",
        text="Hi, have you got a decent headshot of your new chair we could use for tomorrow's business pages? "
             "Landscape ideally. Ta, Steve",
        kind="enquiry", outlet="North County Post", language="en", request_type="images", urgent=True,
    ),
    Mail(
        key="l-book", sender="Prof. Ian Castle <ian.castle@writers.example>",
        subject="Interview for a book on the 1984 fire",
        text="Dear press office,\n\nI'm an author and former Times correspondent writing a history of the 1984 "
             "warehouse fire, to be published by Quayside "
             "Books next spring. Would it be possible to interview anyone who worked there at the time, or to see "
             "the company archive?\n\nIan Castle",
        kind="enquiry", journalist="Ian Castle", language="en", request_type="interview",
    ),
    Mail(
        key="l-phone-note", sender="Switchboard <switchboard@acme.example>", subject="Press call for you",
        text="Tara from Metro Radio rang at 9.20, wants to know if the pool is shut. Ring her back on 07700 900333.",
        kind="other",
    ),
    Mail(
        key="l-de-dpa", sender="Landesbüro <landesbuero@agenturnord.example>", subject="Frage zu den Kündigungen",
        text="Guten Morgen,\n\nin der Belegschaft ist von 80 Kündigungen die Rede. Können Sie das bestätigen? Wenn "
             "ja: Welche Standorte sind betroffen?\n\nEine "
             "kurze Rückmeldung bis 11 Uhr wäre klasse, gern auch telefonisch.\n\nBeste Grüße aus Kiel\nBirte "
             "Hansen\nAgentur Nord\nRedakteurin im Landesbüro",
        kind="enquiry", journalist="Birte Hansen", outlet="Agentur Nord", language="de",
        date_raw="Wed, 06 May 2026 10:00:00 +0200",
        deadline="2026-05-06 10:00", urgent=True,
    ),
    Mail(
        key="l-de-podcast", sender="Team Hörbar <hallo@hoerbar-podcast.example>", subject="Zu Gast bei Hörbar?",
        text="Liebes Acme-Team,\n\nwir sind Lea und Moritz und machen den Podcast Hörbar über Berufe, die kaum "
             "jemand kennt. Für Folge 60 hätten wir gern "
             "jemanden aus Ihrem Kontrollraum am Mikro. Hätten Sie Lust?\n\nViele Grüße\nLea Sander",
        kind="enquiry", journalist="Lea Sander", outlet="Hörbar", language="de", request_type="interview",
    ),
    Mail(
        key="l-de-verbraucher", sender="Tobias Krüger <t.krueger@ratgeber-heute.example>",
        subject="Anfrage Ratgeber heute / Rückruf Kaffeemaschine",
        text="Sehr geehrte Frau Sommer,\n\nzum Rückruf der Kaffeemaschine KM 3 hat unsere Redaktion folgende "
             "Fragen:\n\n- Wie viele Geräte wurden verkauft?\n"
             "- Wie kam es zu dem Fehler?\n- Bekommen die Käufer ihr Geld zurück?\n\nWir veröffentlichen am "
             "Freitagvormittag und benötigen Ihre Antworten bis "
             "Donnerstag, 17 Uhr.\n\nMit besten Grüßen\n\ni. A. Tobias Krüger\nRatgeber heute",
        kind="enquiry", journalist="Tobias Krüger", outlet="Ratgeber heute", language="de", questions=3,
        deadline="2026-05-07 16:00",
        date_raw="Wed, 06 May 2026 10:00:00 +0200",
    ),
    Mail(
        key="l-fr-agence", sender="Julie Tanguy <julie.tanguy@agencebretagne.example>",
        subject="Urgent - incendie de cette nuit",
        text="Bonjour,\n\nJulie Tanguy, Agence Bretagne Info. Pouvez-vous me dire combien de personnes ont été "
             "évacuées cette nuit et si l'origine du feu est "
             "connue ? Une réponse par téléphone me va très bien : 02 98 00 11 22.\n\nMerci beaucoup",
        kind="enquiry", journalist="Julie Tanguy", outlet="Agence Bretagne Info", language="fr", urgent=True,
        phone="02 98 00 11 22",
    ),
    Mail(
        key="l-fr-mag", sender="Rédaction <redaction@terroirs.example>", subject="Visuels pour notre numéro d'été",
        text="Bonjour,\n\nPour notre numéro d'été, nous consacrons quatre pages à votre coopérative. Auriez-vous des "
             "visuels en haute définition à nous "
             "transmettre, avec les crédits ? Bouclage le 20 mai.\n\nBien à vous\nMathilde Guérin\nCheffe de "
             "rubrique, Terroirs",
        kind="enquiry", journalist="Mathilde Guérin", outlet="Terroirs", language="fr", request_type="images",
    ),
    Mail(
        key="l-es-agencia", sender="Pablo Rey <prey@agencialevante.example>",
        subject="Petición de información sobre el ERE",
        text="Buenos días:\n\nDesde la agencia Levante Noticias estamos cubriendo el ERE anunciado ayer. ¿Podrían "
             "confirmarnos a cuántos empleados afecta? "
             "¿Habrá rueda de prensa?\n\nPublicamos a mediodía.\n\nPablo Rey\nRedactor de Economía\nLevante Noticias",
        kind="enquiry", journalist="Pablo Rey", outlet="Levante Noticias", language="es",
    ),
    Mail(
        key="l-es-freelance", sender="Noelia Campos <noelia.campos@outlook.es>",
        subject="Reportaje sobre trenes nocturnos",
        text="Hola:\n\nSoy periodista freelance y estoy escribiendo un reportaje sobre trenes nocturnos para la "
             "revista Vías. Me gustaría entrevistar a alguien "
             "de su departamento de planificación. ¿A quién me dirijo? Sin prisa, tengo hasta finales de "
             "mes.\n\nNoelia Campos",
        kind="enquiry", journalist="Noelia Campos", language="es", request_type="interview", urgent=False,
    ),
    # --- not for the log
    Mail(
        key="l-neg-neighbour", sender="Mary Ellis <mary.ellis@home.example>", subject="Noise from your site",
        text="Dear Sirs, the lorries start at five every morning. When will this stop? I have written to the council "
             "and to my MP, and the local reporter "
             "has been told. Mrs M Ellis",
        kind="other",
    ),
    Mail(
        key="l-neg-agency", sender="Rob Tanner <rob@tannerpr.example>", subject="Quick intro",
        text="Hi, I'm a former BBC journalist who now runs a PR consultancy helping companies tell their story. "
             "Could we grab 20 minutes next week to talk about "
             "how we might support Acme's media relations? Rob",
        kind="other",
    ),
    Mail(
        key="l-neg-conference", sender="Events <events@commsforum.example>",
        subject="Comms Forum 2026 – speakers announced",
        text="Hear from editors of the country's biggest newsrooms at Comms Forum 2026. Early bird tickets end "
             "Friday. Book your place today. Will we see you there?",
        kind="other",
    ),
    Mail(
        key="l-neg-school", sender="Mrs Patel <s.patel@school.example>", subject="Visit for year 5",
        text="Hello, our year 5 class is writing its own newspaper and the children would love to visit your factory "
             "in June. Could you let me know whether you do "
             "school trips?",
        kind="other",
    ),
    Mail(
        key="l-neg-teilnahme", sender="Verlag Branchenbuch <service@branchenbuch.example>",
        subject="Ihr Eintrag im Pressehandbuch 2026",
        text="Sehr geehrte Damen und Herren, bitte prüfen Sie Ihren Eintrag im Pressehandbuch und senden Sie uns das "
             "beigefügte Formular bis Freitag unterschrieben "
             "zurück. Der Eintrag kostet 980 Euro im Jahr.",
        kind="other",
    ),
    Mail(
        key="l-neg-remerciement", sender="Julie Tanguy <julie.tanguy@agencebretagne.example>", subject="Merci",
        text="Merci pour votre retour rapide, la dépêche est partie. Bonne journée, Julie Tanguy, journaliste",
        kind="other",
    ),
    Mail(
        key="l-auto-es", sender="Lucía Ferrer <lferrer@elfaro.example>", subject="Respuesta automática: Declaración",
        text="Estoy de vacaciones hasta el 18 de mayo. Para asuntos urgentes, escriban a la redacción.",
        kind="auto_reply",
    ),
    Mail(
        key="l-auto-words", sender="Kim Alvarez <kim@plainsdealer.example>", subject="Re: Your inquiry",
        text="I no longer work at the Plains Dealer. Please contact the city desk for story pitches and questions.",
        kind="auto_reply",
    ),
    Mail(
        key="l-bounce-fr", sender="Postmaster <postmaster@depecheduport.example>",
        subject="Échec de la remise : Réponse à vos questions",
        text="Le message n'a pas pu être remis aux destinataires suivants : a.mercier@depecheduport.example. 5.1.1 "
             "destinataire inconnu",
        kind="bounce",
    ),
    Mail(
        key="l-news-de", sender="Medien-Rundbrief <redaktion@medienrundbrief.example>",
        subject="Rundbrief Mai: Was Redaktionen von Pressestellen erwarten",
        text="Liebe Leserinnen und Leser, wie oft ruft eine Journalistin an, bevor sie aufgibt? Unser Interview mit "
             "einem Reporter. Im Browser ansehen. Sie erhalten "
             "diese E-Mail, weil Sie sich angemeldet haben. Abmelden",
        kind="newsletter", marks={"list-unsubscribe": "<x>"},
    ),
    Mail(
        key="l-sv", sender="Elsa Lindgren <elsa@hamnbladet.example>", subject="Fråga från Hamnbladet",
        text="Hej! Jag är reporter på Hamnbladet och skriver om nedläggningen. Hur många anställda berörs och när "
             "får de besked? Jag behöver svar före klockan 15 i dag.",
        kind="other", language="sv", doubtful=True,
    ),
    Mail(
        key="l-ca", sender="Jordi Puig <jordi@elmoll.example>", subject="Consulta de premsa",
        text="Bon dia, soc redactor del diari El Moll i estic preparant un reportatge sobre el tancament de la "
             "fàbrica. Quants treballadors hi ha afectats i quan "
             "marxaran? Necessitaria la resposta abans de les cinc de la tarda.",
        kind="other", language="ca", doubtful=True,
    ),
)  # fmt: skip
