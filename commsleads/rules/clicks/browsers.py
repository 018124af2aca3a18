"""What browsers call themselves: engines, platforms and the browsers of apps, in small letters."""

from __future__ import annotations

import re

ENGINE = re.compile(
    r"applewebkit|khtml|gecko/|gecko\)|trident/|msie \d|presto/|opera[ /]\d|opera mini|netfront|obigo|up\.browser|ucweb"
    r"|ucbrowser|blackberry|edge/\d|rv:\d|dolfin|netscape|mosaic|\blynx/|\blinks \(|w3m/|elinks|ibrowse|amigavoyager|nintendo"
    r"|playstation|midp|iemobile|konqueror|silk/|goanna|servo/|dillo|netsurf|galeon|epiphany|icab|omniweb|avantgo"
)

HOME = re.compile(
    r"windows|macintosh|mac os|mac_powerpc|linux|android|iphone|ipad|ipod|x11|cros |symbian|series ?[46]0|s60|nokia|bb10"
    r"|blackberry|playstation|nintendo|xbox|tizen|web0s|webos|kaios|freebsd|openbsd|netbsd|sunos|amiga|haiku|beos|os/2"
    r"|harmonyos|openharmony|midp|j2me|samsung|sonyericsson|palm|playbook|kindle|smart-?tv|fuchsia|morphos|irix|hp-ux|aix"
    r"|sailfish|maemo|meego|bada|brew|syllable|risc os|qnx|tesla|mobile|opera mini|openvms|lg[-/]|mot-|philips|huawei|zte"
)

IN_APP = re.compile(
    r"\[?fban/|\[?fb_iab|fbav/|instagram[ /]|linkedinapp|twitter for|twitterandroid|snapchat/|\[pinterest/|pinterest for"
    r"|musical_ly|trill_|bytedance|tiktok|micromessenger|wechat|qq/\d|\bline/\d|kakaotalk|kakaostory|naver\(|daumapps|whale/"
    r"|safari/[\d.]+ viber|viber\)|gsa/\d|googleapp/|newssapphire|flipboard|applenews|barcelona|threads/|redditapp|reddit/"
    r"|yaapp|yasearchapp|baiduboxapp|bdapp|bdhonor|tieba|alipayclient|dingtalk|weibo|zalo|telegram-android|telegram/"
    r"|teams/|slack/\d|slack_ssb|outlook/|outlookmobile|thunderbird|duckduckgo/|ddg/|ecosia|yelpwebview|quora |googleplus"
    r"|electron/|wv\)|bnc/|mail\.ru/|okapp|vkandroidapp|jssdk|messengerforios|messengerlite|nabar|dmenubrowser|webview"
)
"""Apps with a browser of their own: whoever opens a link in them is a person."""

COMMENTED = re.compile(r"\([^()]{0,400}\)")
BUILD = re.compile(r"build/[^;)]{0,80}|;\s?wv\b")
"""The build of a device stands between its model and the bracket, and may hold any word."""

TOKENS = frozenset(
    "mozilla applewebkit khtml safari chrome chromium mobile version gecko firefox like android linux ubuntu kubuntu fedora"
    " debian centos mandriva suse iceweasel seamonkey minefield namoroka granparadiso shiretoko songbird camino netscape"
    " netscape6 opera opr oprgx opt edg edge edga edgios edgw yabrowser yowser yaapp_android yasearchbrowser yasearchapp"
    " samsungbrowser ucbrowser mqqbrowser qqbrowser tbs micromessenger nettype language vivobrowser heytapbrowser"
    " huaweibrowser arkweb xiaomi miuibrowser mibrowser miui crios fxios focus klar brave vivaldi whale duckduckgo ddg"
    " puffin silk silk-accelerated=true iron comodo_dragon icedragon palemoon goanna waterfox basilisk librewolf orca"
    " coast quark maxthon mxbrowser slbrowser 360se qihu theworld lbbrowser metasr se core se2.x konqueror epiphany midori"
    " falkon qupzilla qtwebengine otter qutebrowser dooble arora rekonq conkeror owb snowshoe avastsecurebrowser avast avg"
    " ccleaner norton nortonsafe avira ghostery cliqz instantbrowser iemobile nokiabrowser s40ovibrowser symbianos"
    " nokia series60 configuration profile midp untrusted browserng 3gpp-gba bada dolfin tizenbrowser jasmine smarttv"
    " smart-tv nintendobrowser nx qtcarbrowser tesla hbbtv webappmanager cobalt kindle playstation silk- gsa instagram"
    " snapchat pinterest flipboard flipboard-briefing twitter for iphone ipad build osmeta fban fbav electron atom webomni"
    " sa bropp presto trident msie u2 cyanogenmod phx rocket mzbrowser sailfishbrowser aloha alohabrowser kiwi dolphin"
    " coc_coc_browser coccoc cốc sleipnir lunascape wavebrowser sidekick wkbrowser headline ecosia sputnikbrowser atom"
    " sogoumobilebrowser sogousearch baidubrowser baiduboxapp bidubrowser bdspark spark mms oculusbrowser wolvic"
    " firefoxreality ladybird servo safarisecure kaios kaios- googleapp mobilesafari viber jssdk".split()
)
"""Names of browsers, engines and systems that stand outside the brackets of a browser's agent."""
