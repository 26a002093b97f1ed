"""How allauth behaves in Troupe."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come in by the set-up link or by invitation."""

    def is_open_for_signup(self, request) -> bool:
        """Never."""
        return False
