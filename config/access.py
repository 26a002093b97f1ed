"""Who may do what: the one table of URLs and roles, enforced by `config.middleware.AccessMiddleware`.

Every route name has a row; a route without one is refused and fails a test. `get` and `post` name the least role
that may read and change. The brand scope of a request holds only the brands in which the person has that role, so an
object of any other brand is not found.
"""

from dataclasses import dataclass

from team.enums import Role

PUBLIC = "public"  # anybody, signed in or not
SIGNED_IN = "signed_in"  # any person of the team, also one without a brand
EVERYTHING = "everything"  # an owner of every brand, also while there is none
STAFF = "staff"  # whoever may use /admin/


@dataclass(frozen=True)
class Access:
    """The least role for reading (GET, HEAD, OPTIONS) and for changing (POST)."""

    get: str
    post: str


def reads(role: str) -> Access:
    """A page that only shows: the role reads, nobody changes anything through it."""
    return Access(get=role, post=role)


_PUBLIC = Access(PUBLIC, PUBLIC)
_SIGNED_IN = Access(SIGNED_IN, SIGNED_IN)
_VIEW = Access(Role.VIEWER, Role.MANAGER)
_EDIT = Access(Role.MANAGER, Role.MANAGER)
_OWN = Access(Role.OWNER, Role.OWNER)
_EVERYTHING = Access(EVERYTHING, EVERYTHING)
_STAFF = Access(STAFF, STAFF)

# products and shipments, of the app campaigns
_PARCELS_SEEN = "products products_csv shipments shipments_csv shipment"
_PARCELS = """product_add product_edit product_archive shipments_to_deals shipments_pick shipments_pick_list
    shipments_pick_csv shipments_move shipments_tracking shipments_tracking_preview shipments_tracking_problems
    shipment_edit shipment_send shipment_move shipment_pick"""

ACCESS: dict[str, Access] = {
    "healthz": _PUBLIC,
    "account_login": _PUBLIC,
    "account_logout": _PUBLIC,
    "account_inactive": _PUBLIC,
    "account_email_verification_sent": _PUBLIC,
    "account_confirm_email": _PUBLIC,
    "account_change_password": _SIGNED_IN,
    "account_set_password": _SIGNED_IN,
    "account_reset_password": _PUBLIC,
    "account_reset_password_done": _PUBLIC,
    "account_reset_password_from_key": _PUBLIC,
    "account_reset_password_from_key_done": _PUBLIC,
    # team
    "team:jobs": _SIGNED_IN,
    "team:job": _SIGNED_IN,
    "team:setup": _PUBLIC,
    "team:login_link": _PUBLIC,
    "team:invitation": _PUBLIC,
    "team:settings": _SIGNED_IN,
    "team:you": _SIGNED_IN,
    "team:switch": _SIGNED_IN,
    "team:brands": _SIGNED_IN,
    "team:brand_new": _EVERYTHING,
    "team:brand": _OWN,
    "team:people": _OWN,
    "team:person_role": _OWN,
    "team:person_remove": _OWN,
    "team:invitation_revoke": _OWN,
    # creators
    "creators:lifecycle": reads(Role.VIEWER),
    "creators:lifecycle_csv": reads(Role.VIEWER),
    "creators:add": _EDIT,
    "creators:edit": _EDIT,
    # creators: notes and relationships
    "creators:notes": reads(Role.VIEWER),
    "creators:add_note": _EDIT,
    "creators:edit_note": _EDIT,
    "creators:remove_note": _EDIT,
    "creators:pin_note": _EDIT,
    "creators:read_mention": reads(Role.VIEWER),
    "creators:relationship": _EDIT,
    "creators:availability": _EDIT,
    "creators:no_contact": _EDIT,
    # creators: numbers
    "creators:benchmarks": _VIEW,
    "creators:numbers": _VIEW,
    "creators:numbers_posts": _VIEW,
    "creators:numbers_snapshots": _VIEW,
    "creators:numbers_audience": _VIEW,
    "creators:numbers_strip": _VIEW,
    "creators:posts_csv": reads(Role.VIEWER),
    "creators:snapshots_csv": reads(Role.VIEWER),
    "creators:add_cause": _EDIT,
    "creators:reported": _VIEW,
    "creators:report": _EDIT,
    "creators:screenshot": reads(Role.VIEWER),
    "creators:reports_import": _EDIT,
    "creators:reports_preview": _EDIT,
    "creators:metrics_import": _EDIT,
    "creators:metrics_preview": _EDIT,
    # creators: refresh
    "creators:refresh": _VIEW,
    "creators:refresh_failures": _VIEW,
    "creators:refresh_failures_csv": reads(Role.VIEWER),
    "creators:refresh_now": _EDIT,
    "creators:refresh_retry": _EDIT,
    # creators: data providers
    "creators:providers": reads(EVERYTHING),
    "creators:provider_add": _EVERYTHING,
    "creators:provider": _EVERYTHING,
    "creators:provider_test": _EVERYTHING,
    "creators:provider_remove": _EVERYTHING,
    "creators:payload": reads(EVERYTHING),
    # creators: signals
    "creators:signals": _VIEW,
    "creators:signals_csv": reads(Role.VIEWER),
    "creators:signal": _VIEW,
    "creators:review": _EDIT,
    "creators:signal_cause": _EDIT,
    "creators:alerts": _VIEW,
    "creators:alerts_done": _EDIT,
    # creators: vetting
    "creators:vettings": reads(Role.VIEWER),
    "creators:vettings_csv": reads(Role.VIEWER),
    "creators:vetting": _VIEW,
    "creators:ask_for_figures": _EDIT,
    "creators:receive_figures": _EDIT,
    # creators: rights
    "creators:rights": reads(Role.VIEWER),
    "creators:rights_csv": reads(Role.VIEWER),
    "creators:add_right": _EDIT,
    "creators:ask_right": reads(Role.VIEWER),
    "creators:right": reads(Role.VIEWER),
    "creators:edit_right": _EDIT,
    "creators:revoke_right": _EDIT,
    "creators:add_permission": _EDIT,
    "creators:remove_permission": _EDIT,
    "creators:reminder_done": _EDIT,
    "creators:rights_calendars": _EDIT,
    "creators:switch_off_calendar": _EDIT,
    "creators:rights_feed": reads(PUBLIC),
    "creators:sightings": reads(Role.VIEWER),
    "creators:sightings_csv": reads(Role.VIEWER),
    "creators:add_sighting": _EDIT,
    "creators:upload_sightings": _EDIT,
    "creators:settle_sighting": _EDIT,
    "creators:exclusivity": reads(Role.VIEWER),
    "creators:exclusivity_csv": reads(Role.VIEWER),
    "creators:add_exclusivity": _EDIT,
    "creators:waive_exclusivity": _EDIT,
    # creators: rates
    "creators:rates": _VIEW,
    "creators:rates_csv": reads(Role.VIEWER),
    "creators:rate_add": _EDIT,
    "creators:rate_remove": _EDIT,
    "creators:package_add": _EDIT,
    "creators:package_remove": _EDIT,
    # creators: duplicates
    "creators:duplicates": reads(Role.VIEWER),
    "creators:duplicate_dismiss": _EDIT,
    # creators: applications
    "creators:applications": reads(Role.VIEWER),
    "creators:applications_csv": reads(Role.VIEWER),
    "creators:application": reads(Role.VIEWER),
    "creators:decide_applications": _EDIT,
    "creators:application_qr": reads(Role.VIEWER),
    "creators:apply": _PUBLIC,
    "creators:applied": reads(PUBLIC),
    # products and shipments, and addresses, which viewers do not see
    **{f"campaigns:{name}": reads(Role.VIEWER) for name in _PARCELS_SEEN.split()},
    **{f"campaigns:{name}": _EDIT for name in _PARCELS.split()},
    "creators:address": _EDIT,
    "creators:address_forget": _EDIT,
    "creators:addresses_import": _EDIT,
    "creators:addresses_preview": _EDIT,
    # campaigns
    "campaigns:list": _VIEW,
    "campaigns:add": _EDIT,
    "campaigns:campaign": _VIEW,
    "campaigns:edit": _EDIT,
    "campaigns:deals_csv": _VIEW,
    "campaigns:add_deal": _EDIT,
    "campaigns:add_deals": _EDIT,
    "campaigns:move_deals": _EDIT,
    "campaigns:refresh": _EDIT,
    "campaigns:links": _VIEW,
    "campaigns:make_links": _EDIT,
    "campaigns:destination": _EDIT,
    "campaigns:links_text": _VIEW,
    "campaigns:qr_sheet": _VIEW,
    "campaigns:links_csv": _VIEW,
    "campaigns:deal": _VIEW,
    "campaigns:edit_deal": _EDIT,
    "campaigns:move_deal": _EDIT,
    "campaigns:board": _VIEW,
    "campaigns:move_card": _EDIT,
    "campaigns:mark_post": _EDIT,
    "campaigns:sign_contract": _EDIT,
    "campaigns:take_back_contract": _EDIT,
    "campaigns:add_cost": _EDIT,
    "campaigns:add_code": _EDIT,
    "campaigns:reverse_cost": _EDIT,
    "campaigns:switch_link": _EDIT,
    "campaigns:link_qr": _VIEW,
    "campaigns:ads": reads(Role.VIEWER),
    "campaigns:ads_csv": reads(Role.VIEWER),
    "campaigns:add_ad": _EDIT,
    "campaigns:edit_ad": _EDIT,
    "campaigns:remove_ad": _EDIT,
    "campaigns:documents": reads(Role.VIEWER),
    "campaigns:documents_csv": reads(Role.VIEWER),
    "campaigns:add_document": _EDIT,
    "campaigns:document": reads(Role.VIEWER),
    "campaigns:document_file": reads(Role.VIEWER),
    "campaigns:remove_document": _EDIT,
    "campaigns:roster_upload": _EDIT,
    "campaigns:roster_columns": _EDIT,
    "campaigns:roster_check": _EDIT,
    "campaigns:roster_run": _EDIT,
    "campaigns:roster_errors": _EDIT,
    # results: clicks
    "results:redirect": _PUBLIC,
    "results:clicks": _VIEW,
    "results:snippet": _PUBLIC,
    "results:storefront": _VIEW,
    # results: orders
    "results:orders": _VIEW,
    "results:orders_export": reads(Role.VIEWER),
    "results:order": reads(Role.VIEWER),
    "results:import": _EDIT,
    "results:import_preview": _EDIT,
    "results:import_problems": reads(Role.MANAGER),
    "results:rates": _EDIT,
    "results:remove_rate": _EDIT,
    # results: reports
    "results:measure": _VIEW,
    "results:campaign": _VIEW,
    "results:campaign_csv": _VIEW,
    "results:campaign_json": _VIEW,
    "results:credited": _VIEW,
    "results:campaign_costs": _VIEW,
    "results:costs": _VIEW,
    # results: fair rates
    "results:fair_rate": reads(Role.VIEWER),
    "results:fair_rates": reads(Role.VIEWER),
    "results:fair_rates_of_pick": _EDIT,
    # briefs
    "briefs:list": _VIEW,
    "briefs:campaign": _VIEW,
    "briefs:make": _EDIT,
    "briefs:edit": _EDIT,
    "briefs:add_asset": _EDIT,
    "briefs:remove_asset": _EDIT,
    "briefs:messages": _VIEW,
    "briefs:messages_csv": reads(Role.VIEWER),
    "briefs:preview": _VIEW,
    "briefs:revoke": _EDIT,
    "briefs:public": _PUBLIC,
    "briefs:asset": _PUBLIC,
    # desk
    "desk:today": _SIGNED_IN,
    "desk:remove_sample": _OWN,
    "desk:undo_import": _EDIT,
    "desk:search": _SIGNED_IN,
    "desk:creators": _VIEW,
    "desk:creators_count": reads(Role.VIEWER),
    "desk:creators_export": reads(Role.VIEWER),  # posting chooses the rows
    "desk:creators_stage": _EDIT,
    "desk:creators_tags": _EDIT,
    "desk:creators_owner": _EDIT,
    "desk:creators_send": _EDIT,
    "desk:creators_campaign": _EDIT,
    "desk:creators_refresh": _EDIT,
    "desk:creators_vet": _EDIT,
    "desk:peek": _VIEW,
    "desk:cell": _EDIT,
    # Views are the person's own; only a manager shares one.
    "desk:save_view": reads(Role.VIEWER),
    "desk:view": reads(Role.VIEWER),
    "desk:remove_view": reads(Role.VIEWER),
    "desk:discover": reads(Role.VIEWER),
    "desk:sizes": reads(Role.VIEWER),
    "desk:discover_people": reads(Role.VIEWER),
    "desk:near": reads(Role.VIEWER),
    "desk:alike": reads(Role.VIEWER),
    "desk:creator": _VIEW,
    "desk:creator_panels": reads(Role.VIEWER),
    "desk:creator_cac": reads(Role.VIEWER),
    "desk:creator_terms": reads(Role.VIEWER),
    "desk:creator_next": _EDIT,
    "desk:creator_timeline": reads(Role.VIEWER),
    "desk:creator_money": reads(Role.VIEWER),
    "desk:creator_stage": _EDIT,
    # desk: one person
    "desk:merge": _EDIT,
    "desk:merge_with": reads(Role.MANAGER),
    "desk:merges": reads(Role.MANAGER),
    "desk:undo_merge": _EDIT,
    "desk:erase": _OWN,
    "desk:export_person": _EDIT,
}


def access_to(name: str) -> Access | None:
    """The row of a route name; all routes of the admin site share one."""
    return _STAFF if name.startswith("admin:") else ACCESS.get(name)
