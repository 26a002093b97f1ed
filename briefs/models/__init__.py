from briefs.models.brief import Acceptance, Asset, Brief, BriefVersion, Viewing

__all__ = ["Acceptance", "Asset", "Brief", "BriefVersion", "Viewing"]
