"""The first moments of an external program: what it gives up before it runs. Run by ``external``, never imported by it.

``python -I -S launcher.py SPEC COMMAND…``; SPEC is JSON (``external``). Given up, each where the system allows it:
the network and the sight of other processes (user, network and process namespaces), the file system (Landlock: reading
of what the system installed, writing in the private folder only), memory, processor time, size of files, core dumps,
further processes, gain of rights. Exit status 127: the program could not be started.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

_NEW_USER, _NEW_NET, _NEW_PROCESSES, _NEW_MOUNTS = 0x10000000, 0x40000000, 0x20000000, 0x00020000
_BIND, _RECURSIVE, _PRIVATE, _NO_DEVICES = 4096, 16384, 1 << 18, 2 | 4  # of mount(2)
_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every Linux architecture in use
_RULES_OF_VERSION_1 = (1 << 13) - 1
_EXECUTE, _READ_FILE, _READ_FOLDER, _WRITE_FILE = 1, 4, 8, 2
_READING = _EXECUTE | _READ_FILE | _READ_FOLDER
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_BENEATH = 1
_NOT_STARTED = 127
_OPEN_FILES = 1024
_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/etc", "/opt", "/proc", "/sys", "/dev"),
    *("/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice", "/nix/store", "/gnu/store"),
)
_TEMPORARY = "/tmp"
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty")


def main() -> NoReturn:
    """Confine this process and become the program."""
    spec: dict[str, Any] = json.loads(sys.argv[1])
    command = sys.argv[2:]
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        own_temporary = _leave(libc, spec)
        _shut_files(libc, spec, own_temporary)
    _limit(resource.RLIMIT_AS, spec["memory_bytes"])
    _limit(resource.RLIMIT_CPU, spec["cpu_seconds"])
    _limit(resource.RLIMIT_FSIZE, spec["file_bytes"])
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if spec["alone"]:
        _limit(resource.RLIMIT_NPROC, 0)
    try:
        os.execve(command[0], command, os.environ)
    except OSError:
        os._exit(_NOT_STARTED)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))


def _leave(libc: Any, spec: dict[str, Any]) -> bool:
    """Namespaces of its own; whether the program has a ``/tmp`` of its own.

    In a namespace of processes, all that the program starts ends with it.
    """
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(_NEW_USER | _NEW_NET | _NEW_PROCESSES | _NEW_MOUNTS) != 0:
        libc.unshare(_NEW_USER | _NEW_NET)
        return False
    with suppress(OSError):  # programs expect to have a user
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    own_temporary = _own_temporary(libc, spec)
    child = os.fork()
    if child:
        _wait(child)
    libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    return own_temporary


def _own_temporary(libc: Any, spec: dict[str, Any]) -> bool:
    """An empty ``/tmp`` in memory, with the private folder at its place: LibreOffice puts a socket there."""
    folder, inside = spec["folder"], _TEMPORARY + "/"
    if spec["alone"] or any(path.startswith(inside) for path in spec["readable"]):
        return False
    place = os.open(folder, os.O_PATH)
    size = f"mode=700,size={spec['temporary_bytes']}".encode()
    if libc.mount(None, b"/", None, _RECURSIVE | _PRIVATE, None) != 0:
        return False
    if libc.mount(b"tmpfs", _TEMPORARY.encode(), b"tmpfs", _NO_DEVICES, size) != 0:
        return False
    if folder.startswith(inside):
        os.makedirs(folder)  # noqa: PTH103 - pathlib would double the start-up time
        if libc.mount(f"/proc/self/fd/{place}".encode(), folder.encode(), None, _BIND, None) != 0:
            os._exit(_NOT_STARTED)
        os.chdir(folder)
    os.close(place)
    return True


def _wait(child: int) -> NoReturn:
    """End as the program ends."""
    os.close(0)
    os.close(1)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        _limit(resource.RLIMIT_CORE, 0)
        with suppress(OSError):  # some signals have no other handling
            signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else _NOT_STARTED)


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64),)


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def _shut_files(libc: Any, spec: dict[str, Any], own_temporary: bool) -> None:
    """Landlock, where the kernel has it (5.13 and later)."""
    libc.syscall.restype = ctypes.c_long
    attributes = _Ruleset(_RULES_OF_VERSION_1)
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    if rules < 0:
        return
    for path in (*_SYSTEM, *spec["readable"]):
        _allow(libc, rules, path, _READING)
    for path in _DEVICES:
        _allow(libc, rules, path, _READ_FILE | _WRITE_FILE)
    _allow(libc, rules, spec["folder"], _RULES_OF_VERSION_1)
    if own_temporary:
        _allow(libc, rules, _TEMPORARY, _RULES_OF_VERSION_1)
    elif not spec["alone"]:
        _allow(libc, rules, _TEMPORARY, _MAKE_SOCKET | _REMOVE_FILE | _READ_FOLDER)
    libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def _allow(libc: Any, rules: int, path: str, what: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - pathlib would double the start-up time
            what &= _EXECUTE | _READ_FILE | _WRITE_FILE
        rule = _Rule(what, place)
        libc.syscall(_ADD_RULE, rules, _BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)


if __name__ == "__main__":
    main()
