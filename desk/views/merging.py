"""Making two creators one: the preview, the press, and the way back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.htmx import render_page
from config.lib.paging import page_of
from config.lib.saving import posted
from creators.models import Creator, Merge
from desk.actions import merge as actions
from desk.forms.merging import MergeForm
from desk.queries import merging as queries
from desk.queries.merging import Obstacle
from desk.queries.person import all_within
from desk.views.discover import with_main
from team.requests import Request

NOT_ALL_YOURS = (
    "A brand that you do not manage keeps something about one of these two. Ask somebody who manages every brand."
)


def merge(request: Request, kept: int, other: int) -> HttpResponse:
    """Both side by side with what would move; then made one."""
    if kept == other:
        raise Http404
    both = Creator.objects.prefetch_related("profiles", "contacts").in_bulk([kept, other])
    if len(both) < 2:
        raise Http404
    mine, theirs = both[kept], both[other]
    if not all_within([kept, other], request.brands):
        return _page(request, mine, theirs, None, [NOT_ALL_YOURS])
    form = MergeForm(posted(request), kept=mine, gone=theirs, clashes=queries.clashes(mine, theirs))
    if not form.is_valid():
        return _page(request, mine, theirs, form, [])
    try:
        merged = actions.merge(mine, theirs, form.wanted(), by=request.user, now=timezone.now())
    except actions.CannotMerge as refusal:
        return _page(request, mine, theirs, form, refusal.sentences)
    into = f"now {mine.name}" if merged.gone_name != mine.name else "one creator now"
    messages.success(request, f"{merged.gone_name} is {into}. This can be taken back for 30 days.")
    return redirect("desk:creator", mine.pk)


def _page(
    request: Request, mine: Creator, theirs: Creator, form: MergeForm | None, refusals: Sequence[str | Obstacle]
) -> HttpResponse:
    preview = queries.preview(mine, theirs) if form else None
    kept_name, gone_name = queries.told_apart(mine, theirs)
    context = {
        "kept": mine, "gone": theirs, "kept_name": kept_name, "gone_name": gone_name,
        "form": form, "preview": preview,
        "refusals": refusals or (preview.obstacles if preview else []),
    }  # fmt: skip
    return render(request, "desk/merge.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def merge_with(request: Request, pk: int) -> HttpResponse:
    """Look for the other row of a creator who is on the roster twice."""
    creator = get_object_or_404(Creator.objects.filter(erased_on=None), pk=pk)
    words = _words(request)
    page = page_of(request, queries.partners(creator, words))
    context = {"creator": creator, "q": words, "page": page, "rows": with_main(page.object_list)}
    return render_page(request, "desk/merge_with.html", context, partial="rows")


def _words(request: Request) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:80]


@require_safe
def merges(request: Request) -> HttpResponse:
    """Who became whom, newest first, with the way back."""
    words = _words(request)
    page = page_of(request, queries.merges(words))
    limit = timezone.now() - actions.UNDONE_WITHIN
    listed = list(page.object_list)
    handles = queries.handles_of(listed)
    rows = [
        (row, not row.undone_at and bool(row.steps) and row.made_at > limit, *handles.get(row.pk, ("", "")))
        for row in listed
    ]
    return render_page(request, "desk/merges.html", {"page": page, "rows": rows, "q": words}, partial="rows")


@require_POST
def undo_merge(request: Request, pk: int) -> HttpResponse:
    """Make the two again what they were."""
    merged = get_object_or_404(Merge.objects.select_related("kept"), pk=pk)
    if not all_within([merged.kept_id], request.brands):
        messages.error(request, NOT_ALL_YOURS)
        return redirect("desk:merges")
    try:
        left = actions.take_back(merged, by=request.user, now=timezone.now())
    except actions.CannotMerge as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:merges")
    messages.success(request, f"{merged.gone_name} is back.")
    if left:
        messages.warning(request, f"Not everything could go back: {'; '.join(left)}.")
    return redirect("desk:creator", merged.gone)
