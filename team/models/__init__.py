from team.models.brand import Brand, Invitation, Membership
from team.models.job import Job
from team.models.user import SetupToken, User

__all__ = ["Brand", "Invitation", "Job", "Membership", "SetupToken", "User"]
