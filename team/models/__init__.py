from team.models.brand import Brand, Invitation, Membership
from team.models.document import Document, DocumentEvent
from team.models.job import Job
from team.models.provider_key import ProviderKey
from team.models.user import LoginLink, SetupToken, User

__all__ = [
    "Brand",
    "Document",
    "DocumentEvent",
    "Invitation",
    "Job",
    "LoginLink",
    "Membership",
    "ProviderKey",
    "SetupToken",
    "User",
]
