"""Carries out work on many processes or machines with Dask; it alone knows Dask, and reaches other machines only over TLS."""

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sanchuang_cli.finding import UserError

_CONFIG = {
    "distributed.scheduler.allowed-failures": 1,  # a piece that ends two processes is not given to a third
    "distributed.scheduler.worker-saturation": 1.0,  # so that only what really runs counts as having ended a process
    "distributed.admin.tick.limit": "1h",  # a county may keep its process busy for long; that is no fault
}


@contextlib.contextmanager
def cluster(address: str, workers: int) -> Iterator[Any]:
    """A client of the scheduler at an address, or of `workers` processes of this machine where there is no address.

    Raises UserError without the library, for an address over which anybody could read along, and where nobody answers.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise UserError("province 另需 distributed：pip install 'sanchuang-cli[province]'。") from None
    if address:
        _refuse_open(address)
    with dask.config.set(_CONFIG), contextlib.ExitStack() as open_until_done:
        try:
            where = address or open_until_done.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,  # a run changes what belongs to its process alone
                    host="127.0.0.1",
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            )
            client = open_until_done.enter_context(Client(where, timeout="30s"))
        except OSError as trouble:
            raise UserError(
                f"--scheduler {address} 连不上：{trouble}。请核对地址，以及 Dask 的证书设置。"
            ) from None
        yield client


def _refuse_open(address: str) -> None:
    """Raises UserError for an address on another machine that is not tls://."""
    parts = urlsplit(address)
    if parts.scheme == "tls":
        return
    try:
        here = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        here = False
    if parts.scheme != "tcp" or not here:
        raise UserError(
            f"--scheduler {address}：到别的机器只走 tls://（证书写在 Dask 的设置里），否则路上谁都能看、能改。"
        )


def each_done(
    client: Any, work: Callable[..., Any], pieces: Sequence[str], *same: Any
) -> Iterator[tuple[str, Any]]:
    """Each piece with what `work(piece, *same)` gave, or with the exception that ended it, as they are finished."""
    from distributed import as_completed

    futures = {client.submit(work, piece, *same, pure=False): piece for piece in pieces}
    for future in as_completed(list(futures)):
        trouble = future.exception()
        yield futures[future], trouble if trouble is not None else future.result()
