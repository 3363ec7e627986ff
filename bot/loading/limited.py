"""What a process of ours may use that opens files which others have sent."""

import resource


def limit_this_process(*, memory: int, cpu: int, written: int) -> None:
    """Bytes of address space, seconds of processor time, bytes in a file; never more than it had. No core dump."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
