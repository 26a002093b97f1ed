from creators.models.creator import Contact, Creator, Profile
from creators.models.lifecycle import LifecycleSpan

__all__ = ["Contact", "Creator", "LifecycleSpan", "Profile"]
