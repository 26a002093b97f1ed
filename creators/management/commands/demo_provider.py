"""Serve the demo provider until stopped, for a sample program or for trying things out."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from creators.providers.demo_server import DemoServer


class Command(BaseCommand):
    """The address goes to standard output; what to set so that it may be asked goes to standard error."""

    requires_migrations_checks = False
    help = "Serve made-up numbers in SociaVault's format on loopback."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port; any free one unless told."""
        parser.add_argument("--port", type=int, default=0)

    def handle(self, *args: object, port: int, **options: object) -> None:
        """Serve until interrupted."""
        try:
            server = DemoServer(port=port)
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be used: {error}", returncode=2) from error
        self.stdout.write(f"{server.address}/v1")
        self.stdout.flush()
        advice = f"Start Troupe with PROVIDER_PRIVATE_HOSTS={server.host} and add this address in Settings."
        print(advice, file=sys.stderr)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()
