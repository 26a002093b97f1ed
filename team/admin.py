"""The plain tables of who may come in, for owners of every brand. Everything else has pages of its own."""

from django.contrib import admin

from team.models import Brand, Membership, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "theme")
    search_fields = ("email", "name")


@admin.register(Brand)
class BrandAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "currency", "time_zone", "is_sample")


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("user", "brand", "role")
    list_filter = ("role", "brand")
