"""Mails that were written after those, with the look-alikes that are hardest to part. What they showed at first is in
docs/mail.md; then they bettered the rules."""

from __future__ import annotations

from tests.rules.reading.mails import Mail

LAST = (
    Mail(
        key="z-en1", sender="Alan Boyd <alan.boyd@quaysidegazette.example>", subject="Bridge repairs",
        text="Hi there. Any update on when the swing bridge reopens? The council told us last week it would be May "
             "but your contractor says July. Running something for "
             "the website this lunchtime so a couple of lines would do.\n\nAlan Boyd",
        kind="enquiry", journalist="Alan Boyd",
    ),
    Mail(
        key="z-en2", sender="Nadia Karim <nadia.karim@eveningmonitor.example>", subject="Your chief executive's bonus",
        text="Dear Ms Sommers,\n\nI'm preparing a piece on executive pay for this weekend's business section. Your "
             "annual report gives the bonus as £1.2m. Was this approved "
             "before or after the redundancies were announced?\n\nI'd be glad to have your answer by Thursday "
             "evening.\n\nRegards\n\nNadia Karim\nCity editor, Evening Monitor",
        kind="enquiry", journalist="Nadia Karim", outlet="Evening Monitor",
    ),
    Mail(
        key="z-en3", sender="Chris <chris.oneil@gmail.com>", subject="few questions re landfill",
        text="Hi, im a freelancer doing something for New Ground on landfill in the estuary. could i get 10 mins on "
             "the phone w/ someone from your environment team this week? chris "
             "o'neil 07700 900221",
        kind="enquiry", outlet="New Ground",
    ),
    Mail(
        key="z-en4", sender="Melissa Grant <mgrant@wxvr.example>", subject="WXVR News 6 - on-camera interview?",
        text="Hello! We'd love to get someone on camera today about the evacuation, 2 or 3 pm works for us. Can you "
             "make anyone available?\n\nMelissa Grant\nAssignment Editor\nWXVR News 6",
        kind="enquiry", journalist="Melissa Grant", outlet="WXVR News 6",
    ),
    Mail(
        key="z-de1", sender="Ruth Ebner <ebner@alpenbote.example>", subject="Seilbahn",
        text="Grüß Gott,\n\ndürfen wir fragen, warum die Seilbahn seit gestern steht? Unsere Leser rufen hier an. "
             "Wann fährt sie wieder?\n\nRuth Ebner, Alpenbote",
        kind="enquiry", journalist="Ruth Ebner", outlet="Alpenbote",
    ),
    Mail(
        key="z-de2", sender="Heute Regional <regional@sender-eins.example>", subject="O-Ton gesucht",
        text="Liebe Kolleginnen und Kollegen, für heute, 18 Uhr, brauchen wir noch einen O-Ton zum Hochwasser. Wer "
             "kann bei Ihnen bis 15 Uhr vor die Kamera? Timo Frey, CvD, 0170 5556677",
        kind="enquiry",
    ),
    Mail(
        key="z-fr1", sender="Paul Garnier <pgarnier@lalettredurail.example>", subject="Retards ligne 4",
        text="Bonjour,\n\nPourriez-vous m'indiquer le nombre de trains supprimés sur la ligne 4 depuis janvier ? "
             "C'est pour La Lettre du Rail de jeudi.\n\nMerci,\nPaul Garnier",
        kind="enquiry", journalist="Paul Garnier", outlet="La Lettre du Rail",
    ),
    Mail(
        key="z-es1", sender="Irene Sanz <irene@radiobahia.example>", subject="Entrevista mañana en directo",
        text="Hola, ¿podríamos entrevistar mañana a las 9:15 a vuestro gerente sobre las obras del puerto? Serían "
             "cinco minutos por teléfono. Irene Sanz, Radio Bahía",
        kind="enquiry", journalist="Irene Sanz", outlet="Radio Bahía",
    ),
    Mail(
        key="z-n1", sender="Harold Finch <hfinch@supplyhouse.example>", subject="Forklift service contract",
        text="Good morning, could you tell me who looks after forklift servicing at your depot? I would like to send "
             "a quote before Friday. Harold Finch, Sales, Supply House Ltd, 0113 496 0001",
        kind="other",
    ),
    Mail(
        key="z-n2", sender="Grace Lin <grace.lin@charity.example>", subject="Partnership with our radio appeal",
        text="Dear team, our charity runs an appeal on local radio each June. Would Acme consider sponsoring it? I'd "
             "love to discuss this with you. Grace",
        kind="other",
    ),
    Mail(
        key="z-n3", sender="V. Braun <vbraun@post.example>", subject="Leserbrief zu Ihrem Artikel",
        text="Sehr geehrte Redaktion, Ihr Artikel im Kundenmagazin über Heizungen enthält einen Fehler. Wer prüft "
             "bei Ihnen eigentlich die Zahlen? V. Braun",
        kind="other",
    ),
    Mail(
        key="z-n4", sender="Camille Noir <camille@voyages.example>", subject="Réclamation dossier 4471",
        text="Bonjour, mon vol a été annulé et je n'ai toujours pas été remboursée. Quand allez-vous enfin me "
             "répondre ? Je vais contacter la presse.",
        kind="other",
    ),
    Mail(
        key="z-n5", sender="Talent Team <jobs@recruiters.example>", subject="Journalist CVs for your comms team",
        text="Are you hiring? We have three former reporters on our books who are looking for a move into PR. Shall "
             "I send their CVs?",
        kind="other",
    ),
    Mail(
        key="z-n6", sender="Newsletter <updates@mediaweek.example>", subject="Media Week: who moved where",
        text="Jane Dow joins the Evening Monitor as City editor. Radio Bahía names a new head of news. View online. "
             "Unsubscribe.",
        kind="newsletter", marks={"precedence": "bulk"},
    ),
)  # fmt: skip
