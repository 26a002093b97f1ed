"""What the shell of every page needs: where we are, which brand, how it looks."""

from django.http import HttpRequest

NAVIGATION = [
    ("Today", "desk:today", "sun"),
    ("Creators", "creators:list", "users"),
    ("Campaigns", "campaigns:list", "megaphone"),
    ("Briefs", "briefs:list", "file-text"),
    ("Measure", "results:measure", "chart-no-axes-column"),
]


def shell(request: HttpRequest) -> dict[str, object]:
    """Navigation with the current section, the person's brands and the chosen theme."""
    match = request.resolver_match
    return {
        "navigation": NAVIGATION,
        "current_route": match.view_name if match else "",
        "brands": getattr(request, "brands", []),
        "brand": getattr(request, "brand", None),
    }
