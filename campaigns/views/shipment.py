"""One shipment: what is in it, where it is, what it cost; sent, moved on, changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.actions.sending import Sending, change_way, send
from campaigns.actions.shipments import change_pieces, move_shipments, pick, pick_again
from campaigns.enums import ShipmentState
from campaigns.forms.shipments import DayForm, PiecesForm, SendForm, WayForm
from campaigns.logic.shipments import DAY_OF, MOVES
from campaigns.models import ParcelAddress, Shipment
from campaigns.queries.history import former_states
from campaigns.queries.shipments import with_goods
from campaigns.views.parcels import may_edit
from config.lib.days import day_at
from config.lib.saving import posted, saved_or_refused
from creators.models import Address
from team.requests import Request


def _shipment(pk: int) -> Shipment:
    found: Shipment = get_object_or_404(
        with_goods(Shipment.objects.select_related("brand", "made_by").order_by()), pk=pk
    )
    return found


@require_safe
def shipment_page(request: Request, pk: int) -> HttpResponse:
    """Where a parcel is, and what it holds. The address is for managers only."""
    return _show(request, _shipment(pk))


def _show(
    request: Request, shipment: Shipment, *, sending: SendForm | None = None, moving: DayForm | None = None
) -> HttpResponse:
    today = day_at(timezone.now(), shipment.brand.time_zone)
    manages = may_edit(request, shipment.brand)
    context: dict[str, Any] = {
        "shipment": shipment,
        "may_edit": manages,
        "moves": [ShipmentState(to) for to in MOVES[shipment.state] if to in DAY_OF],
        "may_send": ShipmentState.SENT in MOVES[shipment.state],
        "sending": sending or SendForm(today=today, initial=_known(shipment) | {"sent_on": today}),
        "moving": moving or DayForm(today=today),
        "former": former_states(shipment),
        "tab": "shipments",
        **(_where(shipment) if manages else {}),
    }
    return render(request, "campaigns/shipment.html", context, status=422 if sending or moving else 200)


def _known(shipment: Shipment) -> dict[str, Any]:
    return {name: getattr(shipment, name) for name in ("carrier", "tracking", "shipping_cost")}


def _where(shipment: Shipment) -> dict[str, Any]:
    """The frozen address, and before it is frozen the creator's present one."""
    parcel = ParcelAddress.objects.filter(shipment=shipment).first()
    known = Address.objects.filter(creator=shipment.creator_id).first()
    moved = bool(parcel and known and parcel.lines != known.lines and shipment.state == ShipmentState.PLANNED)
    return {"parcel": parcel, "known": known, "has_moved": moved}


@require_POST
def send_one(request: Request, pk: int) -> HttpResponse:
    """It left."""
    shipment, now = _shipment(pk), timezone.now()
    form = SendForm(request.POST, today=day_at(now, shipment.brand.time_zone))
    if form.is_valid():
        sending = Sending(shipment.pk, **form.cleaned_data)
        told = saved_or_refused(form, lambda: send(shipment.brand, [sending], by=request.user, now=now))
        if told and told.sent:
            messages.success(
                request, "Sent. Its cost is fixed" + (", and the deal follows." if shipment.deal else ".")
            )
        if told:
            return redirect("campaigns:shipment", pk)
    return _show(request, shipment, sending=form)


@require_POST
def move_one(request: Request, pk: int) -> HttpResponse:
    """It arrived, came back, or is not sent after all."""
    shipment, now = _shipment(pk), timezone.now()
    form = DayForm(request.POST, today=day_at(now, shipment.brand.time_zone))
    to = request.POST.get("to", "")
    if form.is_valid() and to in DAY_OF:
        on, one = form.cleaned_data["on"], Shipment.objects.filter(pk=pk)
        told = saved_or_refused(form, lambda: move_shipments(one, to, on=on))
        if told and told.moved:
            messages.success(request, f"Marked as {ShipmentState(to).label.lower()}.")
        elif told:
            messages.warning(request, f"A {shipment.get_state_display().lower()} shipment cannot become {to}.")
        if told:
            return redirect("campaigns:shipment", pk)
    return _show(request, shipment, moving=form)


def edit(request: Request, pk: int) -> HttpResponse:
    """Its way, and while it is planned what is in it."""
    shipment = _shipment(pk)
    way = WayForm(posted(request), instance=shipment)
    is_planned = shipment.state == ShipmentState.PLANNED
    pieces = PiecesForm(posted(request), brand=shipment.brand, shipment=shipment) if is_planned else None
    if request.method == "POST" and way.is_valid() and (pieces is None or pieces.is_valid()):
        saved = saved_or_refused(way, lambda: _change(request, shipment, way, pieces))
        if saved is False:
            way.add_error(None, "The shipment has left meanwhile, so what is in it stays. Load the page again.")
        if not way.errors:
            messages.success(request, "Saved." + (" The deal follows." if shipment.deal and shipment.is_sent else ""))
            return redirect("campaigns:shipment", pk)
    context = {"shipment": shipment, "form": way, "pieces": pieces, "tab": "shipments"}
    status = 422 if request.method == "POST" else 200
    return render(request, "campaigns/shipment_form.html", context, status=status)


def _change(request: Request, shipment: Shipment, way: WayForm, pieces: PiecesForm | None) -> bool:
    if pieces and not change_pieces(shipment, pieces.pieces()):
        return False
    change_way(shipment, by=request.user, now=timezone.now(), **way.told())
    return True


@require_POST
def pick_one(request: Request, pk: int) -> HttpResponse:
    """Freeze the creator's present address, or take it instead of the one that was frozen."""
    shipment = _shipment(pk)
    told = pick(Shipment.objects.filter(pk=pk), now=timezone.now())
    if told.picked or (told.already and pick_again(shipment, now=timezone.now())):
        messages.success(request, "The shipment has the creator’s present address.")
    else:
        messages.warning(request, "There is no address to take, or the shipment has left.")
    return redirect("campaigns:shipment", pk)
