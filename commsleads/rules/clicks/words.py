"""What programs call themselves: names and words in agent strings, in small letters.

Facts about names, grouped by what the program does. No expression has a repeat inside a repeat, so that a
hostile string costs no more than a long one.
"""

from __future__ import annotations

import re

CRAWLER = re.compile(
    r"(?<!cu)(?<!kno)bots?(?![a-z])|(?<![a-z])bot[-_a-z]|crawl|spider|spyder|scraper|scrapy|slurp|search ?engine"
    r"|netcraft|nikto|nmap|masscan|zgrab|sqlmap|dirbust"
)
"""Words for programs that walk the web. (Cubot makes phones.)"""

HEADLESS = re.compile(
    r"headless|phantomjs|slimerjs|puppeteer|playwright|selenium|webdriver|cypress|splash/|electronscreenshot|htmlunit"
    r"|wkhtmlto|cutycapt|zombie\.js|jsdom|lighthouse|page speed|chromium-?shot|screenshot"
)

MONITOR = re.compile(
    r"uptime|pingdom|statuscake|monitor|health[- _]?check|healthservice|site24x7|nagios|zabbix|newrelic|datadog"
    r"|synthetic|gomezagent|keynote|catchpoint|dynatrace|neustar wpm|grafana|prometheus|check_http|pinger|pingability"
    r"|diagnostics"
)

LIBRARY = re.compile(
    r"python-(?:requests|urllib|httpx)|\bpython/\d|python-urllib|aiohttp|httpx/|^curl|libcurl|\bcurl/|wget|libwww-perl"
    r"|lwp[:/ -]|lwp::|faraday v|go-http-client|go-resty|^java/|apache-httpclient|apache-httpasync|httpcomponents"
    r"|jakarta commons|okhttp|axios/|node-fetch|undici|^node|^got |superagent|guzzle|^php/|http_request2?/|zend_http"
    r"|restsharp|winhttp|powershell|dart:io|reqwest/|akka-http|postmanruntime|lua-resty|scrapy|mechanize|typhoeus|ureq/"
)
"""Libraries and tools that programs ask with, by the names they are known by: nobody clicks with them."""

TOOL = re.compile(
    r"python|urllib|\bcurl|\bcurb\b|perl/|ruby|faraday|\bjava\b|httpclient|http-client|http client|httpurlconnection"
    r"|khttp|unirest|axios|node\.js|nodejs|\bphp\b|pear\.php|\brequests?/|wininet|\bdart/|\brust|hyper/|elixir|hackney"
    r"|spray-can|vert\.x|netty|jetty|insomnia|aria2|grpc|excon|indy library|embarcadero|wolfram http|twisted|lush http"
    r"|scalaj|finagle|\bab/\d|siege|apachebench|\bk6/|jmeter|gatling|\bwrk/|vegeta|locust|middleware|user[- _]agent"
    r"|useragent|webhook|docker/"
)
"""Words of libraries and tools, also of those that stand in the name of an app."""

SCANNER = re.compile(
    r"barracuda|mimecast|proofpoint|safelinks|scmguard|symantec|messagelabs|forcepoint|websense|trendmicro"
    r"|trend micro"
    r"|ironport|sophos|fortimail|fortiguard|mailscanner|mail\.ru.{0,9}scan|zscaler|cloudmark|vade ?secure"
    r"|hornetsecurity"
    r"|bitdefender|kaspersky|eset\b|avast|norton|mcafee|webroot|safeweb|virus|urlscan|virustotal|phish|bingpreview"
    r"|hubspot connect|exchange check|checkpoint harmony|avanan|egress defend|ironscales|lua-resty|safebrowsing"
)
"""Programs that look at links in mails, by name. Most of them give an ordinary browser's name instead."""

PREVIEW = re.compile(
    r"slackbot|slack-img|discordbot|telegrambot|whatsapp/|skypeuripreview|facebookexternalhit|facebot|twitterbot"
    r"|linkedinbot|dataaccessd|iframely|embedly|redditbot|pinterestbot|vkshare|viber/|mastodon/|pleroma|misskey|lemmy"
    r"|akkoma|friendica|gotosocial|bluesky|cardyb|mattermost|rocket\.chat|zulip|matrix-media|synapse/"
    r"|teams.{0,9}preview"
    r"|microsoftpreview|link-?preview|link ?expander|link-?thumbnail|link-resolver|unfurl|url-?preview|url-?expander"
    r"|externalhit|snap url preview|google-pagerenderer|quora link preview|line-poker|kakaotalk-scrap|signal-desktop"
)
"""Chat and mail programs that fetch a picture of a link when somebody passes it on: a share."""

IMAGES = re.compile(r"googleimageproxy|yahoomailproxy|imageproxy|image proxy|ymailproxy|outlookimageproxy|ggpht\.com")
"""Proxies through which mail services show pictures: a mail was opened, no link was."""

FEEDS = re.compile(
    r"feed|\brss|atom reader|newsblur|netnewswire|newsreader|inoreader|akregator|liferea|miniflux|freshrss|tiny tiny"
    r"|readkit|reeder|netvibes|bloglines|bloglovin|gregarius|greatnews|omea reader|podcatcher"
)

PLAYER = re.compile(
    r"podcast|podcruncher|podbean|goodpods|applecoremedia|exoplayer|stagefright|vlc/|libvlc|itunes|foobar2000"
    r"|winamp|kodi"
    r"|xbmc|roku|sonos|upnp|dlna|alexa|airplay|audible|spotify|tunein|deezer|quicktime|mediaplayer|lavf/"
    r"|gstreamer|libmpv"
    r"|mplayer|bose/|echo/1|playbackengine|audioplayer|playerfm|appletv|tvos|radio/|castamatic|overcast|antennapod"
)
"""Players, speakers and televisions without a browser."""

JOB = re.compile(
    r"fetch|index(?:er|ing)|validat|verif|check|prob(?:e|ing)\b|\btest|preview|thumb|snap(?:py|shot)|capture|extract"
    r"|download|aggregat|analy[sz]|classif|semantic|optimi[sz]|seo|rank|spam|stats|metri|research|sitemap"
    r"|generator|report"
    r"|expand|unshort|resolver|redirect|proxy|cache|converter|transcod|translat|imgsizer|render|agent\b"
    r"|client\b|engine\b"
    r"|consumer|connector|importer|discover|detect|audit|explorer\b|directory|robots\.txt|service\b|scan|sniff"
    r"|collect"
    r"|mining|survey|harvest|archiv|wander|nuclei|clip|screen|compliance|security|certificate|copyright|plagiar|brand"
    r"|advert|adreview|adsense|adwords|amphtml"
    r"|weblight|extended\b|data\b|webmaster|quality"
)
"""Words for the work of programs. In a browser's name they mean little, in a program's they say that it is one."""

ADDRESS = re.compile(
    r"https?:|www\.|[\w.+-]{1,64}(?:@|\[at\]|\(at\)| at )[\w-]{1,64}(?:\.|\[dot\]|\(dot\)| dot )[a-z]|\+http|://"
)
"""Whom to write to about a program: browsers give none."""

WEBSITE = re.compile(
    r"[a-z0-9][a-z0-9-]{1,40}\.(?:com|net|org|info|io|de|ru|cn|jp|fr|co\.uk|eu|biz|party|app|ai|me|tk)\b"
)

NONSENSE = re.compile(
    r"\$\{|<[a-z!/?]|\bselect\b.{0,40}\bfrom\b|load_file|pg_sleep|\bsleep\(|\(\) ?\{|\.\./|%00|burpcollaborator"
    r"|oastify"
)
"""What is tried on servers by whoever looks for holes in them."""
