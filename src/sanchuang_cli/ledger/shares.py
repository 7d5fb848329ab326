"""Tells whether a folder lies on a network share. It reads the system's list of mounted disks and writes nothing.

SQLite keeps two writers apart by the locks of the file system. On a share these locks are kept by another machine, by a
cache, or by nobody, and a ledger could be written by two at once.
"""

import os
import re
import sys
from pathlib import Path

_SHARES = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "ncpfs", "afs", "coda", "9p", "ceph", "lustre", "davfs", "gpfs",
    "vboxsf", "virtiofs", "prl_fs", "beegfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.s3fs",
    "fuse.glusterfs", "fuse.ceph", "fuse.vmhgfs-fuse", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.kio-fuse",
}  # fmt: skip
"""Types of file systems of which the files are on another machine, or on the host of a virtual one."""
MOUNTS = Path("/proc/self/mounts")
_REMOTE = 4
"""What Windows calls a drive on another machine."""


def share_of(path: Path) -> str:
    """The kind of the share that the path lies on, such as cifs; "" where it lies on a disk of this machine."""
    return _of_drive(path.resolve()) if os.name == "nt" else _of_mount(path.resolve())


def _of_mount(path: Path) -> str:
    """By the mount that is nearest to the path; the later one where two stand at the same place."""
    kind, nearest = "", -1
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:  # a system that has no such list, as macOS
        return ""
    for line in lines:
        source, at, of_type = (_plain(word) for word in line.split(" ")[:3])
        if path.is_relative_to(at) and len(Path(at).parts) >= nearest:
            nearest = len(Path(at).parts)
            is_web = of_type == "fuse" and "://" in source  # WebDAV, by davfs2
            kind = of_type if of_type in _SHARES or is_web else ""
    return kind


def _plain(word: str) -> str:
    """A word of the list, in which blanks and line ends stand as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), word)


def _of_drive(path: Path) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    remote = ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE
    return "网络驱动器" if remote else ""
