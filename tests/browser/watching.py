"""What a browser test looks for on any page: complaints, accessibility, and whether it fits."""

from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

AXE = AXE_FILE_PATH.read_text()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
BUT_CONTRAST = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
# What axe judges by the whole document and leaves out where it looks at a part.
WHOLE_PAGE = [
    "bypass", "document-title", "duplicate-id-aria", "html-has-lang", "html-lang-valid", "landmark-one-main",
    "landmark-no-duplicate-main", "landmark-unique", "meta-viewport", "page-has-heading-one", "region", "skip-link",
]  # fmt: skip
WHOLE, CONTENT = "() => [document.documentElement]", "() => [document.querySelector('main')]"
_RUN = """(options) => {
  const include = (%s)();
  return include.length ? axe.run({ include }, options) : { violations: [] };
}"""
ONE_OF_A_LOOK = """() => {
  const seen = new Set();
  const look = (element) => {
    const own = getComputedStyle(element);
    const steps = [own.color, own.fontSize, own.fontWeight, element.getAttribute("style") || ""];
    for (let up = element; up && up.id !== "main"; up = up.parentElement) steps.push(up.tagName + "." + up.className);
    return steps.join(" ");
  };
  const has_text = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("main *")].filter((element) => {
    if (!has_text(element) || !element.checkVisibility()) return false;
    const key = look(element);
    return !seen.has(key) && seen.add(key);
  });
}"""
# Rows, options and marks of a chart repeat each other: the first of them have all the faults of the rest.
_FEWER = """() => {
  const most = 4;
  for (const list of document.querySelectorAll("main :is(tbody, ul, ol, dl, select, datalist, g)"))
    [...list.children].slice(most * (list.tagName === "DL" ? 2 : 1)).forEach((child) => child.remove());
  window.dispatchEvent(new Event("resize"));  // a table that scrolls and has lost all its links wants a focus of its own
}"""
_FRAMELESS = """() => {
  for (let kept = document.querySelector("main"); kept && kept !== document.body; kept = kept.parentElement)
    [...kept.parentElement.children].forEach((child) => child !== kept && child.remove());
}"""
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
# Selectors and style sheets fetched anew are most of axe's time and nothing that a fault's own markup does not tell.
QUICK = {"resultTypes": ["violations"], "selectors": False, "preload": False, "iframes": False}
# What htmx writes when a newer request or leaving the page ends one; a failed one writes htmx:sendError besides.
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")
_LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
_WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || box.right <= wide + 1) return false;
    for (let up = element.parentElement; up; up = up.parentElement)
      if (up !== document.body && ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return false;
    return getComputedStyle(element).position !== "fixed";
  });
  const page = document.documentElement.scrollWidth;
  return page > wide ? [`the page is ${page} wide in ${wide}`, ...out.slice(0, 4).map((e) => e.outerHTML.slice(0, 120))] : [];
}"""


@dataclass
class Watch:
    """What the browser complained of: console errors, uncaught exceptions, policy violations, failed files.

    A status that the server gave on purpose (`expected`, such as 422 for a bad form) is no complaint.
    """

    complaints: list[str] = field(default_factory=list)
    expected: tuple[int, ...] = (404, 409, 410, 422)

    def console(self, message) -> None:
        """Keep an error that a page wrote."""
        text = message.text
        if message.type != "error" or any(f"status of {status} " in text for status in self.expected):
            return
        if text.startswith(GIVEN_UP):
            return
        self.complaints.append(f"{message.location.get('url', '')}: {text}")


def watched(page: Page) -> Watch:
    """Watch `page` from now on."""
    watch = Watch()
    page.add_init_script(_LISTEN)
    page.on("console", watch.console)
    page.on("pageerror", lambda error: watch.complaints.append(f"{page.url}: {error}"))
    return watch


def axe_faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its own best practice, one line a node."""
    return _faults(page, RULES, WHOLE)


def contrast_faults(page: Page) -> list[str]:
    """What axe finds about the contrast of what the page shows: all that can differ between the themes.

    One element is looked at of those with text that stand in the same classes, such as the cells of a column.
    """
    return _faults(page, {"runOnly": ["color-contrast"]}, ONE_OF_A_LOOK)


def _faults(page: Page, options: dict, where: str) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(_RUN % where, {**options, **QUICK})["violations"]
    return [
        f"{page.url} {rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


def faults_of_look(page: Page, *, thinned: bool = False) -> list[str]:
    """All faults of what a page shows: on a small phone, light and dark.

    `thinned` is for whoever looks at very many pages and leaves this one: all but the first rows are taken out of it
    before axe comes, and then the frame, which is that of every page.
    """
    faults = overflow(page, 320)
    if thinned:
        page.evaluate(_FEWER)
    faults += _faults(page, {"runOnly": WHOLE_PAGE}, WHOLE)
    if thinned:
        page.evaluate(_FRAMELESS)
    faults += _faults(page, BUT_CONTRAST, CONTENT)
    for theme in THEMES:
        in_theme(page, theme)
        faults += contrast_faults(page)
    return faults


def looked_at(page: Page) -> None:
    """Fail where a page has any fault of those."""
    faults = faults_of_look(page)
    assert not faults, "\n".join(faults)


def axe_clean(page: Page) -> None:
    """Fail where axe finds anything."""
    faults = axe_faults(page)
    assert not faults, "\n".join(faults)


def overflow(page: Page, width: int) -> list[str]:
    """What makes the page wider than a window of `width`; nothing if it fits."""
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    found = page.evaluate(_WIDER)
    if size:
        page.set_viewport_size(size)
    return [f"{page.url} {line}" for line in found]


def no_overflow(page: Page, width: int = 320) -> None:
    """Fail where the page scrolls sideways at `width`."""
    found = overflow(page, width)
    assert not found, "\n".join(found)


def in_theme(page: Page, theme: Theme) -> None:
    """Show the page as the system's `light` or `dark`."""
    page.emulate_media(color_scheme=theme)
