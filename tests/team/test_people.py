import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from team.actions import people
from team.enums import Role
from team.models import Invitation, Membership, User
from tests.conftest import signed_in
from tests.factories import make_brand, make_user

pytestmark = pytest.mark.django_db
JOIN = {"name": "New Person", "password": "seven green bottles"}


@pytest.fixture
def chief(brand):
    """A signed-in client whose person owns every brand."""
    user = make_user("chief@example.com")
    people.give_role(user, role=Role.OWNER, brand=None)
    return signed_in(user)


def invited(by, brand, *, email="new@example.com", role=Role.MANAGER, now=None):
    """The path of a fresh invitation."""
    _, token = people.invite(email=email, role=role, brand=brand, by=by, now=now or timezone.now())
    return f"/invitation/{token}/"


def roles():
    return set(Membership.objects.values_list("user__email", "brand__slug", "role"))


def test_an_invitation_is_made_shown_once_and_followed(owner, stranger, brand):
    owner.post("/settings/people/", {"email": "New@Example.com", "role": "viewer", "brand": brand.pk})
    page = owner.get("/settings/people/").content.decode()
    [link] = re.findall(r"http://localhost:8000(/invitation/\S+?/)<", page)

    response = stranger.post(link, JOIN)

    user = User.objects.get(email="new@example.com")
    assert (response.status_code, response.url) == (302, "/")
    assert stranger.get("/").status_code == 200
    assert roles() == {("owner@example.com", "acme", "owner"), ("new@example.com", "acme", "viewer")}
    assert EmailAddress.objects.filter(user=user, verified=True).exists()
    assert user.is_staff is False
    assert link not in owner.get("/settings/people/").content.decode()


def test_the_invitation_is_mailed_where_mail_works(owner, brand, settings):
    settings.EMAIL_URL = "smtp://example.com"

    owner.post("/settings/people/", {"email": "new@example.com", "role": "viewer", "brand": brand.pk})

    assert [message.to for message in mail.outbox] == [["new@example.com"]]
    assert "http://localhost:8000/invitation/" in mail.outbox[0].body


def test_nothing_is_mailed_where_it_does_not(owner, brand):
    owner.post("/settings/people/", {"email": "new@example.com", "role": "viewer", "brand": brand.pk})

    assert mail.outbox == []


def test_an_invitation_works_once(owner, stranger, client, brand):
    link = invited(owner.user, brand)
    stranger.post(link, JOIN)

    assert client.post(link, JOIN).status_code == 410
    assert User.objects.filter(email="new@example.com").count() == 1


def test_of_two_who_hold_an_open_invitation_the_second_is_refused(owner, brand):
    token = invited(owner.user, brand).split("/")[2]
    people.join_as_new(token, **JOIN, now=timezone.now())

    with pytest.raises(people.PeopleRefused, match="used or is too old"):
        people.join_as_new(token, **JOIN, now=timezone.now())


def test_an_invitation_ends_after_seven_days(owner, stranger, brand):
    link = invited(owner.user, brand, now=timezone.now() - timedelta(days=7, seconds=1))

    assert stranger.get(link).status_code == 410
    assert stranger.post(link, JOIN).status_code == 410


def test_a_revoked_invitation_opens_nothing(owner, stranger, brand):
    link = invited(owner.user, brand)

    owner.post(f"/settings/people/invitations/{Invitation.objects.get().pk}/revoke/")

    assert stranger.post(link, JOIN).status_code == 410


def test_inviting_again_ends_the_first_link(owner, stranger, brand):
    first, second = invited(owner.user, brand), invited(owner.user, brand)

    assert stranger.get(first).status_code == 410
    assert stranger.get(second).status_code == 200


def test_a_known_person_signs_in_and_accepts(owner, neighbour, stranger, brand):
    link = invited(owner.user, brand, email=neighbour.user.email)

    asked = stranger.get(link).content.decode()
    response = neighbour.post(link)

    assert f"/accounts/login/?next={link}" in asked
    assert response.status_code == 302
    assert ("neighbour@example.com", "acme", "manager") in roles()


def test_somebody_else_cannot_accept_it(owner, neighbour, brand):
    link = invited(owner.user, brand)

    assert neighbour.post(link).status_code == 422
    assert ("neighbour@example.com", "acme", "manager") not in roles()
    assert people.open_invitation(link.split("/")[2], now=timezone.now()) is not None


def test_an_invitation_does_not_lower_a_role(owner, brand):
    user = make_user("both@example.com")
    link = invited(owner.user, brand, email=user.email, role=Role.VIEWER)
    people.give_role(user, role=Role.MANAGER, brand=brand)

    people.join_as(user, link.split("/")[2], now=timezone.now())

    assert ("both@example.com", "acme", "manager") in roles()


def test_a_weak_password_is_refused_and_the_invitation_stays(owner, stranger, brand):
    link = invited(owner.user, brand)

    assert stranger.post(link, {"name": "New", "password": "short"}).status_code == 422
    assert stranger.post(link, JOIN).status_code == 302


def test_the_owner_of_one_brand_invites_to_that_brand_alone(owner, brand, other_brand):
    for elsewhere in (other_brand.pk, "all", "", 999):
        data = {"email": "new@example.com", "role": "viewer", "brand": elsewhere}

        assert owner.post("/settings/people/", data).status_code == 422

    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("elsewhere", ["other", None])
def test_the_action_refuses_what_the_form_does_not_offer(owner, other_brand, elsewhere):
    with pytest.raises(people.PeopleRefused, match="Only an owner"):
        invited(owner.user, other_brand if elsewhere else None)


def test_an_owner_of_every_brand_invites_to_every_brand(chief, stranger):
    data = {"email": "new@example.com", "role": "owner", "brand": "all"}

    assert chief.post("/settings/people/", data).status_code == 302
    assert Invitation.objects.filter(brand=None, role="owner").exists()


def test_somebody_who_is_in_already_is_not_invited_again(owner, viewer, brand):
    response = owner.post("/settings/people/", {"email": viewer.user.email, "role": "owner", "brand": brand.pk})

    assert response.status_code == 422
    assert b"already has a role there" in response.content


def test_an_owner_changes_a_role(owner, viewer, brand):
    membership = Membership.objects.get(user=viewer.user)

    owner.post(f"/settings/people/{membership.pk}/role/", {"role": "manager"})

    assert ("viewer@example.com", "acme", "manager") in roles()


def test_an_unknown_role_changes_nothing(owner, viewer):
    before = roles()

    owner.post(f"/settings/people/{Membership.objects.get(user=viewer.user).pk}/role/", {"role": "king"})

    assert roles() == before


def test_a_removed_person_is_out_at_once(owner, viewer, brand):
    membership = Membership.objects.get(user=viewer.user)

    owner.post(f"/settings/people/{membership.pk}/remove/")

    assert roles() == {("owner@example.com", "acme", "owner")}
    assert viewer.get("/settings/people/").status_code == 403


def test_doors_that_a_removed_person_left_open_are_shut(owner, chief, brand, stranger):
    link = invited(owner.user, brand, email="friend@example.com", role=Role.OWNER)

    chief.post(f"/settings/people/{Membership.objects.get(user=owner.user).pk}/remove/")

    assert stranger.post(link, JOIN).status_code == 410


def test_doors_that_a_demoted_owner_left_open_are_shut(owner, chief, brand, stranger):
    link = invited(owner.user, brand, email="friend@example.com", role=Role.OWNER)

    chief.post(f"/settings/people/{Membership.objects.get(user=owner.user).pk}/role/", {"role": "viewer"})

    assert stranger.post(link, JOIN).status_code == 410


def test_a_role_that_rises_leaves_invitations_open(owner, brand, stranger):
    user = make_user("both@example.com", brand=brand, role=Role.VIEWER)
    link = invited(owner.user, brand, email="friend@example.com")

    people.change_role(Membership.objects.get(user=user), role=Role.OWNER, by=owner.user)

    assert stranger.post(link, JOIN).status_code == 302


def demote(user):
    Membership.objects.filter(user=user).update(role=Role.MANAGER)


def switch_off(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("fall", [demote, switch_off, User.delete])
def test_an_invitation_opens_nothing_once_its_sender_may_not_invite(owner, brand, stranger, fall):
    link = invited(owner.user, brand, role=Role.OWNER)
    fall(owner.user)

    response = stranger.post(link, JOIN)

    assert response.status_code == 422
    assert "may not invite any more" in response.content.decode()
    assert not User.objects.filter(email="new@example.com").exists()


def test_the_owner_of_one_brand_cannot_touch_an_owner_of_every_brand(owner, chief):
    membership = Membership.objects.get(user=chief.user)

    assert owner.post(f"/settings/people/{membership.pk}/remove/").status_code == 404
    assert owner.post(f"/settings/people/{membership.pk}/role/", {"role": "viewer"}).status_code == 404


@pytest.mark.parametrize("deed", ["remove", "role"])
def test_the_last_owner_of_every_brand_stays(chief, deed):
    membership = Membership.objects.get(user=chief.user)
    before = roles()

    chief.post(f"/settings/people/{membership.pk}/{deed}/", {"role": "viewer"})

    assert roles() == before
    assert "last owner of every brand" in chief.get("/settings/people/").content.decode()


def test_an_owner_who_was_switched_off_does_not_count(chief):
    people.give_role(make_user(is_active=False), role=Role.OWNER, brand=None)
    membership = Membership.objects.get(user=chief.user)

    with pytest.raises(people.PeopleRefused, match="last owner"):
        people.remove(membership, by=chief.user)


def test_with_a_second_owner_the_first_may_go_and_loses_the_admin_site(chief):
    people.give_role(make_user("second@example.com"), role=Role.OWNER, brand=None)
    membership = Membership.objects.get(user=chief.user)

    response = chief.post(f"/settings/people/{membership.pk}/role/", {"role": "viewer"})

    assert response.status_code == 302
    assert chief.get("/admin/").status_code == 403
    assert User.objects.get(email="second@example.com").is_staff is True


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_the_same_number_of_times(owner, brand, count, django_assert_max_num_queries):
    for _ in range(count):
        make_user(brand=brand, role=Role.VIEWER)
        invited(owner.user, brand, email=f"guest{_}@example.com")

    with django_assert_max_num_queries(8):
        owner.get("/settings/people/")


def test_roles_in_two_brands_stand_apart(owner, brand):
    second = make_brand("Second", slug="second")
    user = make_user("two@example.com", brand=second, role=Role.OWNER)
    people.give_role(user, role=Role.VIEWER, brand=brand)
    client = signed_in(user)

    page = client.get("/settings/people/").content.decode()

    assert "owner@example.com" not in page


def test_removing_somebody_is_asked_for_first(owner, brand):
    membership = make_user("vi@example.com", brand=brand, role=Role.VIEWER, name="Vi").memberships.get()

    listed = owner.get("/settings/people/").content.decode()
    asked = owner.get(f"/settings/people/{membership.pk}/remove/")

    assert f'href="/settings/people/{membership.pk}/remove/"' in listed
    assert asked.status_code == 200
    assert "Remove Vi from Acme?" in asked.content.decode()
    assert Membership.objects.filter(pk=membership.pk).exists()
