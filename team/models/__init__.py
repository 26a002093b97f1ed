from team.models.brand import Brand, Invitation, Membership
from team.models.document import Document, DocumentEvent
from team.models.job import Job
from team.models.provider_key import ProviderKey
from team.models.user import LoginLink, SetupToken, User
from team.models.view import FirstView, SavedView

__all__ = [
    "Brand",
    "Document",
    "DocumentEvent",
    "FirstView",
    "Invitation",
    "Job",
    "LoginLink",
    "Membership",
    "ProviderKey",
    "SavedView",
    "SetupToken",
    "User",
]
