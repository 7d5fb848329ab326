from tests.hospital import register

register()

from sanchuang_cli.cli.app import main  # noqa: E402 - reads the list of programmes

main()
