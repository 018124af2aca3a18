"""What browsers call themselves: engines, platforms and the browsers of apps, in small letters."""

from __future__ import annotations

import re

ENGINE = re.compile(
    r"applewebkit|khtml|gecko/|gecko\)|trident/|msie \d|presto/|opera[ /]\d|opera mini|netfront|obigo"
    r"|up\.browser|ucweb"
    r"|ucbrowser|blackberry|edge/\d|rv:\d|dolfin|netscape|mosaic|\blynx/|\blinks \(|w3m/|elinks|ibrowse"
    r"|amigavoyager|nintendo"
    r"|playstation|midp|iemobile|konqueror|silk/|goanna|servo/|dillo|netsurf|galeon|epiphany|icab|omniweb|avantgo"
)

HOME = re.compile(
    r"windows|macintosh|mac os|mac_powerpc|linux|android|iphone|ipad|ipod|x11|cros |symbian|series ?[46]0|s60"
    r"|nokia|bb10"
    r"|blackberry|playstation|nintendo|xbox|tizen|web0s|webos|kaios|freebsd|openbsd|netbsd|sunos|amiga|haiku"
    r"|beos|os/2"
    r"|harmonyos|openharmony|midp|j2me|samsung|sonyericsson|palm|playbook|kindle|smart-?tv|fuchsia|morphos|irix"
    r"|hp-ux|aix"
    r"|sailfish|maemo|meego|bada|brew|syllable|risc os|qnx|tesla|mobile|opera mini|openvms|lg[-/]|mot-|philips"
    r"|huawei|zte"
)

IN_APP = re.compile(
    r"\[?fban/|\[?fb_iab|fbav/|instagram[ /]|linkedinapp|twitter for|twitterandroid|snapchat/|\[pinterest/"
    r"|pinterest for"
    r"|musical_ly|trill_|bytedance|tiktok|micromessenger|wechat|qq/\d|\bline/\d|kakaotalk|kakaostory|naver\("
    r"|daumapps|whale/"
    r"|safari/[\d.]+ viber|viber\)|gsa/\d|googleapp/|newssapphire|flipboard|applenews|barcelona|threads/"
    r"|redditapp|reddit/"
    r"|yaapp|yasearchapp|baiduboxapp|bdapp|bdhonor|tieba|alipayclient|dingtalk|weibo|zalo|telegram-android|telegram/"
    r"|teams/|slack/\d|slack_ssb|outlook/|outlookmobile|thunderbird|duckduckgo/|ddg/|ecosia|yelpwebview|quora "
    r"|googleplus"
    r"|electron/|wv\)|bnc/|mail\.ru/|okapp|vkandroidapp|jssdk|messengerforios|messengerlite|nabar|dmenubrowser"
    r"|webview"
)
"""Apps with a browser of their own: whoever opens a link in them is a person."""

TEXT = re.compile(r"(?:lynx|links|elinks|w3m|dillo|netsurf|up\.browser|uzbl|surf)[/ ]|[\w./ -]{0,80}up\.browser/")
"""Browsers that do not say on which system they run."""

ADDED = re.compile(
    r"like gecko[;,] ?([a-z][\w -]{2,40})|\(compatible; (?!msie|konqueror|ibrowse|opera)([a-z][\w -]{2,40})\)$"
)
"""What programs add in the brackets of the browser they are built of."""

COMMENTED = re.compile(r"\([^()]{0,400}\)")
SILENT = re.compile(
    r"android[ /]?[\d.]{0,8}; ?(?:[a-z]{2}[-_][a-z]{2}; ?)?[^;()]{0,80}|build/[^;)]{0,80}|; ?wv\b"
    r"|\b(?:avast|avg|norton|ccleaner|avira)(?:[a-z]{0,20}browser|safe)?/[\d.]+",
    re.IGNORECASE,
)
"""Parts that say nothing: model and build of a device, which may hold any word, and browsers that makers of scanners
give away."""

_NAMES = """
360se 3gpp-gba aloha alohabrowser android applewebkit arkweb arora atom avast avastsecurebrowser avg avira bada
baiduboxapp baidubrowser basilisk bdspark bidubrowser brave bropp browserng build camino ccleaner centos chrome
chromium cliqz coast cobalt coc_coc_browser coccoc comodo_dragon configuration conkeror core crios cyanogenmod cốc ddg
debian dolfin dolphin dooble duckduckgo ecosia edg edga edge edgios edgw electron epiphany falkon fban fbav fedora
firefox firefoxreality flipboard flipboard-briefing focus for fxios gecko ghostery goanna googleapp granparadiso gsa
hbbtv headline heytapbrowser huaweibrowser icedragon iceweasel iemobile instagram instantbrowser ipad iphone iron
jasmine jssdk kaios kaios- khtml kindle kiwi klar konqueror kubuntu ladybird language lbbrowser librewolf like linux
lunascape mandriva maxthon metasr mibrowser micromessenger midori midp minefield miui miuibrowser mms mobile
mobilesafari mozilla mqqbrowser msie mxbrowser mzbrowser namoroka netscape netscape6 nettype nintendobrowser nokia
nokiabrowser norton nortonsafe nx oculusbrowser opera opr oprgx opt orca osmeta otter owb palemoon phx pinterest
playstation presto profile puffin qihu qqbrowser qtcarbrowser qtwebengine quark qupzilla qutebrowser rekonq rocket
s40ovibrowser sa safari safarisecure sailfishbrowser samsungbrowser se se2.x seamonkey series60 servo shiretoko
sidekick silk silk- silk-accelerated=true slbrowser sleipnir smart-tv smarttv snapchat snowshoe sogoumobilebrowser
sogousearch songbird spark sputnikbrowser suse symbianos tbs tesla theworld tizenbrowser trident twitter u2 ubuntu
ucbrowser untrusted version viber vivaldi vivobrowser waterfox wavebrowser webappmanager webomni whale wkbrowser
wolvic xiaomi yaapp_android yabrowser yasearchapp yasearchbrowser yowser
"""
TOKENS = frozenset(_NAMES.split())
"""Names of browsers, engines and systems that stand outside the brackets of a browser's agent."""
