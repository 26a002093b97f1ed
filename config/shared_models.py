"""The models that belong to the whole team; every other model of ours has a brand, and a wall around it.

`config.checks` refuses a model that is in neither group, and a name here that no model has.
"""

SHARED_MODELS = frozenset(
    {
        "team.User",
        "team.SetupToken",
        "team.LoginLink",
        "team.Brand",
        "team.Membership",
        "team.Invitation",
        "team.Job",
        "team.ProviderKey",
        "creators.Creator",
        "creators.Profile",
        "creators.Contact",
        "creators.Duplicate",
        "creators.Merge",
        "creators.PersonRecord",
        "creators.Address",
        # The roster is shared, and so is what providers say of it and what the signals make of that.
        "creators.ProfileSnapshot",
        "creators.Post",
        "creators.PostSnapshot",
        "creators.CommentSample",
        "creators.Comment",
        "creators.AudienceSample",
        "creators.RawPayload",
        "creators.Refresh",
        "creators.Spending",
        "creators.Breaker",
        "creators.Assessment",
        "creators.Review",
        "creators.Cause",
        "creators.Alert",
        "creators.Pulse",
        "creators.BenchmarkCell",
        "creators.NormCell",
        "creators.ExpectationCell",
        "creators.LimitCell",
    }
)
