"""Words in front of the @ that several people read: newsrooms, desks, offices. In small letters, without accents."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALONE = _words("""
    admin editor editors editorial newsroom newsdesk newstips tips press pressoffice pressdesk pressteam pr media
    mediadesk mediaoffice mediateam mediarelations news desk office team staff hello info information contact
    contactus enquiries inquiries mail post postmaster webmaster hostmaster abuse support help service feedback
    letters subscriptions studio production producers planning forwardplanning assignments assignmentdesk cityed
    citydesk foreign foreigndesk features featuresdesk picturedesk pictures photodesk sport sports sportsdesk
    business businessdesk politics culture science health money travel environment education data investigations
    online web digital social marketing sales advertising events noreply donotreply reception secretary redaktion
    redaktionen chefredaktion onlineredaktion lokalredaktion lokales sportredaktion kulturredaktion presse
    pressestelle pressebuero presseburo nachrichten kontakt anfrage anfragen zentrale sekretariat buero buro verlag
    leserbriefe leserservice wirtschaft politik kultur wissenschaft feuilleton vermischtes bildredaktion planung
    sendung hoererservice zuschauerservice verwaltung anzeigen vertrieb redaction redacchef redactionweb presseweb
    bureau accueil courrier contactpresse servicepresse courrierlecteurs actu actualites infos economie politique
    societe sciences sante redaccion prensa gabinete gabinetedeprensa noticias informacion contacto correo
    secretaria administracion economia cultura deportes sociedad redacao imprensa jornalismo contato geral redazione
    stampa ufficiostampa segreteria notizie cronaca redactie nieuws nieuwsredactie pers redakcja prasowe
    biuroprasowe kontaktujemy redakce zpravy redaksjon redaksjonen nyheter nyheder nyhetsdesk tipsa presskontakt
    toimitus uutiset
""")
"""Alone in front of the @, digits and marks left out, these are a house's and not a person's."""

BEFORE = _words("""
    redaktion redaktionen redaction redaccion redazione redactie redakcja redakce redaksjon redacao newsroom
    newsdesk news press presse prensa imprensa stampa info infos kontakt contact contacto pressoffice pressestelle
    editorial studio desk office buero bureau team service media tips noreply no-reply
""")
"""As the first of several words: presse.nord, news-uk, info+berlin."""

BEHIND = _words("""
    redaktion redaktionen redaction redaccion redazione redactie redakcja redakce redaksjon redacao newsroom
    newsdesk pressoffice pressestelle desk office buero bureau team nachrichten noticias
""")
"""As the last of several words: nord.redaktion, city_desk. No word here is a family name; Press and News are."""

FREE_TOO = _words("""
    googlemail.co.uk live.nl live.be live.it live.de live.at live.ca live.se live.dk live.no hotmail.it hotmail.nl
    hotmail.be hotmail.ch hotmail.at hotmail.se hotmail.ca hotmail.com.br outlook.at outlook.it outlook.be
    outlook.dk outlook.jp outlook.ie outlook.pt yahoo.ca yahoo.in yahoo.co.in yahoo.co.jp yahoo.com.br yahoo.com.mx
    yahoo.com.ar yahoo.com.au yahoo.ie yahoo.gr yahoo.se yahoo.dk yahoo.no yahoo.pl yahoo.at yahoo.ch yahoo.be
    yahoo.nl aol.co.uk aol.fr tutamail.com tuta.me keemail.me gmx.us gmx.info gmx.org gmx.eu online.de vodafone.de
    kabelmail.de unitybox.de versanet.de aon.at chello.at liwest.at hispeed.ch sunrise.ch swissonline.ch hin.ch
    protonmail.com runbox.com disroot.org riseup.net kolabnow.com aliceadsl.fr club-internet.fr cegetel.net
    gawab.com abv.bg centrum.cz email.cz post.cz atlas.cz azet.sk zoznam.sk freemail.hu citromail.hu gazeta.pl
    tlen.pl poczta.fm vp.pl op.pl lycos.com inwind.it iol.it tiscali.it fastwebnet.it planet.nl home.nl xs4all.nl
    chello.nl casema.nl quicknet.nl upcmail.nl online.no broadpark.no frisurf.no telia.com bredband.net spray.se
    comhem.se mail.dk jubii.dk stofanet.dk luukku.com kolumbus.fi elisanet.fi eircom.net iol.ie ono.com movistar.es
    clix.pt netcabo.pt optusnet.com.au rogers.com shaw.ca sympatico.ca videotron.ca charter.net optonline.net
    juno.com frontier.com hanmail.net nate.com foxmail.com sohu.com aliyun.com yeah.net
""")
"""Providers of mail for everybody, besides those that the reading of mails knows (`rules.reading.desk.FREE_MAIL`)."""

ENDINGS = ("redaktion", "newsdesk", "newsroom", "pressoffice", "pressestelle", "sekretariat")
"""Words that others are joined to: wirtschaftsredaktion."""
