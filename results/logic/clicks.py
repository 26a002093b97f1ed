"""Who asked for a short link: a person, a preview, a prefetch, a robot or our own team.

The list of robots is the maintained `is-bot` package (Python's port of isbot's patterns). It knows robots well and
over-matches odd phones, televisions and in-app browsers, so what surely is a person's browser is decided here first.
Rules and sources: Dub's and isbot's published corrections, Meta's and Apple's preview formats.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from is_bot import Bots

from results.enums import ClickClass

REMEMBERED_AGENTS = 10_000
AGENT_MAX = 1000

_library = Bots()

_PREVIEW = re.compile(
    r"facebookexternalhit|facebookcatalog|\bfacebot\b|meta-externalfetcher|twitterbot|slackbot|slack-imgproxy"
    r"|discordbot|telegrambot|linkedinbot|skypeuripreview|^whatsapp(?:/|$)|pinterest(?:bot)?/0\.|pinterestbot"
    r"|snap ?url ?preview|redditbot|^viber\b|vkshare|iframely|embedly|mastodon/|misskey/|pleroma|cardyb|bluesky"
    r"|kakaotalk-scrap|line-poker|bingpreview|microsoftpreview|yahoo link preview|google-pagerenderer|flipboardproxy"
    r"|google web preview|thirdlandingpagefeinfra|tumblr/\d|(?:url|link)[ -]?(?:preview|expand)|whatsapp-?preview",
    re.IGNORECASE,
)
# Browsers inside apps, old phones, televisions and text browsers. Only a plain robot's word overrules them.
_PERSON = re.compile(
    r"com\.google\.android\.youtube/\d"
    r"|\bInstagram \d|\[?FB(?:AN|AV|IOS)[/;]|\bmusical_ly|\btrill_|BytedanceWebview|\bSnapchat\b"
    r"|\bWhatsApp\b|\[Pinterest/|Pinterest for |LinkedInApp|Twitter(?:Android| for )|\bLine/\d|MicroMessenger/"
    r"|KAKAOTALK|\bGSA/\d|Barcelona \d|MetaIAB|DuckDuckGo/\d|Sogou(?:MobileBrowser|MSE|Search)|QQBrowser/"
    r"|QQDownload|Google/google|GoogleTV|Google Earth/|MIDP-|CLDC-|^UCWEB|^(?:pf|dv)\(|Windows Phone|PalmOS"
    r"|PalmSource|WebAppManager|\bOMI/\d|VIDAA|SMART-TV|Smart-?TV|^smarttv_|SmartHub|HbbTV|MAUI|^Nokia|^BlackBerry"
    r"|^SAMSUNG-|^SonyEricsson|^(?:Lynx|w3m|ELinks|Dillo|NetSurf|Links|nook browser|amaya|HotJava|Opera)[ /]"
)
_ROBOTS_WORD = re.compile(
    r"(?<!cu)bots?\b(?! tab|-tab| \d)|crawl|spider/|https?:|headless|lighthouse|curl/|wget|python|-agent\b"
    r"|monitor(?:ing)?/",
    re.IGNORECASE,
)
# What the list does not know: testers and scanners that look like a browser but for one word.
_LOOKS_LIKE_A_BROWSER = re.compile(
    r"\bgtmetrix|assetnote|geckoversion|phantomjs|playwright|puppeteer|selenium|cypress/|\byottaa|\bYLT\b|\bhlb/"
    r"|miniature\.io|\.env\b|<\?|\$\{|yunjiankong|turingos|(?:storebot|duplexweb|read-aloud)-?google"
    r"|powershell|ms-office|microsoft office|barracuda|safelinks|proofpoint|mimecast"
    r"|compatible; [a-z][\w.-]*-?(?:user|fetch|agent|prospector\w*)/\d|^amazon-kendra",
    re.IGNORECASE,
)
# Every browser ever made says at least one of these.
_BROWSERS_WORD = re.compile(
    r"mozilla|applewebkit|opera|dalvik|browser|cfnetwork|darwin|android|mobile|iphone|ipad|watch|tv|windows",
    re.IGNORECASE,
)
# The model of an Android device is chosen by its maker ("Discovery", "C Bot Tab"), so it says nothing about who asks.
_ANDROID_MODEL = re.compile(
    r"(\(Linux;(?: U;)?(?: [\w-]+;)?? ?Android[^;)]*;)(?![^)]*(?:https?:|compatible|-google|insights))"
    r"[^()]*(?:\([^()]*\)[^()]*)*",
    re.IGNORECASE,
)
_PREFETCH = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
_PREFETCH_WORDS = ("prefetch", "prerender", "preview")


def click_class(headers: Mapping[str, str], *, session_cookie: str = "troupe_session") -> ClickClass:
    """The class of a GET from its headers in WSGI's spelling (`HTTP_USER_AGENT`).

    A session cookie of this site is only given to people who sign in, so a request that carries one is our own.
    """
    if _is_prefetch(headers):
        return ClickClass.PREFETCH
    kind = class_of_agent(headers.get("HTTP_USER_AGENT", "")[:AGENT_MAX])
    if kind is ClickClass.HUMAN and _has_cookie(headers, session_cookie):
        return ClickClass.SELF
    return kind


def _has_cookie(headers: Mapping[str, str], name: str) -> bool:
    cookies = headers.get("HTTP_COOKIE")
    return cookies is not None and any(piece.partition("=")[0].strip() == name for piece in cookies.split(";"))


def _is_prefetch(headers: Mapping[str, str]) -> bool:
    for name in _PREFETCH:
        value = headers.get(name)
        if value and any(word in value.lower() for word in _PREFETCH_WORDS):
            return True
    return False


@lru_cache(maxsize=REMEMBERED_AGENTS)
def class_of_agent(agent: str) -> ClickClass:
    """Person, preview or robot by the agent alone. An empty agent is a robot's. Remembered, as the list is long."""
    agent = agent.strip()
    if _PREVIEW.search(agent):
        return ClickClass.PREVIEW
    return ClickClass.BOT if _is_robot(agent) else ClickClass.HUMAN


def _is_robot(agent: str) -> bool:
    if _LOOKS_LIKE_A_BROWSER.search(agent):
        return True
    if _PERSON.search(agent):
        return bool(_ROBOTS_WORD.search(agent))
    if not _BROWSERS_WORD.search(agent):
        return True
    return bool(_library.is_bot(_ANDROID_MODEL.sub(r"\1 K", agent)))
