"""The words by which it is known that a mail is something else: a complaint, an offer, an application, a bill …

Written folded: small letters, no accents (see `evidence`).
"""

from __future__ import annotations

from commsleads.rules.reading.evidence import Cue

AGAINST = (
    Cue(-5, "It is a request under a law on freedom of information: that is to be redirected", (
        r"freedom of information", r"foi(?:a)? (?:request|act)", r"environmental information regulations",
        r"under the (?:foi|foia|act)", r"subject access request", r"informationsfreiheits?\w*",
        r"nach (?:dem )?(?:ifg|uig)", r"umweltinformationsgesetz", r"lifg",
        r"acces aux documents administratifs", r"\bcada\b", r"ley de transparencia",
        r"derecho de acceso a la informacion", r"acceso a informacion publica", r"lei de acesso",
    )),
    Cue(-5, "It offers something for sale", (
        r"guest ?posts?", r"back-?links?", r"do-?follow", r"domain authority", r"link insertions?", r"seo",
        r"price ?list", r"rate card", r"(?:limited |only \d+ )?slots? (?:left|available|remaining)",
        r"get (?:you |your \w+ )?featured", r"be featured in",
        r"place(?:ment)? (?:your|you|articles?|guaranteed|on|in)",
        r"guarantee[ds]? (?:placement|coverage|publication)",
        r"(?:our|my) (?:packages?|services?|platform|agency|software|solution|team can|clients? include)",
        (r"(?:book|schedule|free for|hop on|jump on) (?:a )?(?:quick )?(?:[\w-]+ )?(?:demo|call|chat)(?: this"
        r"| next)"), r"book a (?:demo|call)", r"special offer", r"discount", r"free trial", r"per month",
        r"sponsor(?:ed|ship) (?:post|content|article|package|opportunit)\w*",
        r"advertorial", r"media (?:database|list) (?:of|with|for sale)", r"boost your", r"grow your",
        r"increase your (?:sales|visibility|traffic|reach)", r"press release distribution",
        r"(?:partnership|collaboration|advertising) opportunit\w+", r"work with journalists",
        r"(?:send|submit|offer|provide) (?:you )?(?:a|an|our) (?:quotation|proposal|offer|estimate)",
        r"like to (?:send|submit|give) (?:you )?a quote",
        r"angebot (?:zusenden|schicken|unterbreiten|machen|vorlegen)", r"devis", r"cotizacion",
        r"sponsor(?:ing|s|ship)?", r"are you hiring", r"pr (?:consultan\w+|agency|firm|services)",
        r"grab (?:\d+|twenty|fifteen|ten) minutes",
        r"help(?:ing|s)? (?:companies|businesses|brands|clients|organisations)", r"(?:der|ein) eintrag kostet",
        r"media training (?:course|package)s?",
        r"gastbeitrag (?:gegen|auf|kaufen)", r"unser angebot", r"unsere dienstleistungen", r"sonderangebot",
        r"preisliste", r"anzeigenpreise", r"werbeplatz\w*", r"backlinks? kaufen", r"(?:lead|kunden)gewinnung",
        r"unverbindliches angebot", r"nos (?:offres|services|tarifs|prestations|formules)", r"offre speciale",
        r"devis gratuit", r"publireportage", r"article sponsorise",
        r"nuestros (?:servicios|paquetes|precios|planes)", r"oferta especial", r"presupuesto sin compromiso",
        r"articulos? patrocinad\w+", r"aumentar? (?:sus|tus) ventas",
    )),
    Cue(-4, "It is somebody else's news release or offer of a story", (
        r"for immediate release", r"notes to editors", r"press release:", r"(?:i|we) represent", r"my client",
        r"on behalf of (?:my|our) client", r"would (?:this|your readers) be (?:of interest|interested)",
        r"happy to (?:offer|arrange) (?:an )?interviews?", r"offer (?:you )?an interview with",
        r"zur sofortigen veroffentlichung", r"sperrfrist", r"abdruck honorarfrei", r"pressekontakt:",
        r"communique de presse", r"contact presse :", r"nota de prensa:", r"para su publicacion inmediata",
    )),
    Cue(-4, "It reads like a customer's complaint", (
        (r"my (?:order|account|refund|money|purchase|bill|subscription|booking|delivery|contract|parcel|complaint"
        r"|kettle|case number)"), r"i (?:ordered|bought|purchased|paid|want my|demand|have been a customer)",
        r"order number", r"customer (?:number|services?|for \d+)",
        r"(?:give|send|want|get|have|had|got) (?:me )?(?:a|no|my) (?:full )?refund", r"(?:have|had|get) no refund",
        r"my money(?: back)?", r"refund me",
        r"(?:worst|terrible|appalling|disgusting|shocking) (?:customer )?service",
        r"never (?:buy|use|shop|order)[\w ]*again", r"go(?:ing)? to the (?:press|papers|media)",
        r"tell (?:the press|every journalist|the papers)[\w ]*", r"broken (?:again|kettle|on arrival)",
        r"trading standards", r"small claims",
        r"meine?r? (?:bestellung|kundennummer|rechnung|vertrag|konto|abo|reklamation|beschwerde|lieferung|paket)",
        r"kundennummer", r"bestellnummer", r"mein geld(?: zuruck)?",
        r"(?:ich|bekomme ich|fordere|verlange)[^.?!]{0,40}(?:geld zuruck|ruckerstattung|erstattung|umtausch)",
        r"(?:ich habe|habe ich) [\w ]{0,40}(?:bestellt|gekauft)", r"an die presse (?:gehen|wenden)",
        r"ma commande", r"mon (?:compte|contrat|colis|abonnement|achat)", r"numero de (?:client|commande)",
        r"(?:me|m'|etre) rembours\w+", r"mon remboursement", r"j'ai (?:commande|achete)", r"service apres-?vente",
        r"mi (?:pedido|cuenta|factura|contrato|compra|paquete|reclamacion)", r"numero de (?:pedido|cliente)",
        r"(?:mi|un|el) reembolso", r"(?:me|que me) devuelvan", r"he comprado", r"hoja de reclamaciones",
    )),
    Cue(-5, "It is an application for work", (
        r"my (?:cv|resume|curriculum|application|cover letter)", r"apply(?:ing)? for (?:the|a|an|your)",
        r"(?:job|open|vacant) (?:application|position|vacanc\w+)",
        r"(?:vacancy|vacancies|internship|work experience|work placement)", r"application for",
        r"hiermit bewerbe ich mich", r"bewerbung(?:sunterlagen)?", r"bewerbe mich", r"meinen? lebenslauf",
        r"praktikums?\w*", r"initiativbewerbung", r"ma candidature", r"candidature (?:spontanee|au)",
        r"offre de stage", r"mon cv", r"lettre de motivation", r"mi (?:curriculum|candidatura|cv)",
        r"oferta de empleo", r"solicitud de empleo", r"hacer (?:mis )?practicas",
    )),
    Cue(-5, "It is about a bill", (
        r"invoices? (?:no\.?|number|#)? ?\d\w*", r"attached (?:is )?(?:the |our |your )?invoice",
        r"overdue (?:invoice|payment)", r"confirm payment", r"payment (?:is )?(?:due|overdue|reminder)",
        r"remittance", r"purchase order", r"statement of account", r"rechnung (?:nr\.?|nummer)? ?\d\w*",
        r"rechnungsnummer", r"mahnung", r"zahlungserinnerung", r"zahlungseingang", r"(?:votre|la|notre) facture",
        r"facture n\w*", r"relance de paiement", r"(?:su|la|nuestra) factura", r"factura (?:n\w*|\d+)",
        r"recordatorio de pago",
    )),
    Cue(-3, "It is a reader's letter to a paper of ours, or a tip", (
        r"letters? to the editor", r"dear editor", r"your article", r"leserbrief", r"sehr geehrte redaktion",
        r"ihr(?:em|en)? (?:artikel|beitrag)", r"courrier des lecteurs", r"votre article", r"cartas? al director",
        r"su articulo",
    )),
    Cue(-2, "It speaks of what its writer was", (
        r"(?:former|ex-?|used to be an?) (?:\w+ ){0,3}(?:journalist|reporter|editor|correspondent|producer)",
        r"ehemalige[rn]? (?:\w+ ){0,2}(?:journalist|redakteur)\w*", r"ancien(?:ne)? journaliste", r"ex-?periodista",
    )),
    Cue(-4, "It is for somebody's studies", (
        r"(?:my|his|her) (?:dissertation|thesis|coursework|homework|school project|university project|a-?level)",
        r"(?:year|phd|master'?s|university|undergraduate) student",
        r"(?:bachelor|master|haus|abschluss|doktor|seminar)-?arbeit", r"(?:meine|eine) (?:umfrage|dissertation)",
        r"(?:mon|ma|notre) (?:memoire|these|expose|tpe)", r"etudiante?s? en",
        r"mi (?:tesis|trabajo de fin|tfg|tfm)", r"estudiante de",
    )),
    Cue(-5, "It is unwanted mail of the usual kind", (
        r"lotter(?:y|ies)", r"you (?:have )?won", r"viagra|cialis", r"casino", r"bitcoin (?:investment|profit)",
        r"inheritance", r"next of kin", r"million (?:us )?dollars", r"western union", r"wire transfer",
        r"weight loss", r"refinanc\w+", r"hot singles", r"verify your account",
        r"password (?:expires|will expire|reset)", r"cheap (?:meds|pills|watches)", r"earn \$?\d+",
    )),
    Cue(-4, "It comes from a ticket system", (
        r"ticket ?(?:id|#|no|number)? ?[:#]? ?\d+", r"(?:issue|bug|case) #\d+",
        r"has been (?:updated|assigned|reported|closed|resolved) by",
        (r"(?:tracker|assigned to|priority|status|project|category): ?\w+[^?]{0,80}(?:tracker|assigned to"
        r"|priority|status|project|category):"),
    )),
    Cue(-3, "It invites or informs, and asks nothing of ours", (
        r"(?:register|rsvp|sign up|book your (?:place|ticket)s?) (?:now|here|today|by)", r"early bird",
        r"you are invited", r"we (?:would like|are pleased|are delighted) to invite you", r"jetzt anmelden",
        r"wir laden sie", r"inscrivez-vous", r"nous avons le plaisir de vous inviter", r"inscribete",
        r"le invitamos a",
    )),
)  # fmt: skip
