"""Marking a post as made for a brand, from the list of a creator's posts."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.actions import posts as actions
from creators.models import Post
from team.requests import Request


@require_POST
def mark_post(request: Request, pk: int) -> HttpResponse:
    """Say that a post was made for a brand, or that it was not."""
    post = get_object_or_404(Post.objects.select_related("profile"), pk=pk)
    actions.mark_post(post, is_campaign=request.POST.get("is_campaign") == "yes", now=timezone.now())
    address = reverse("creators:numbers_posts", args=[post.profile.creator_id])
    return redirect(f"{address}?{request.GET.urlencode() or f'profile={post.profile_id}'}")
