"""Finds the login of the operating system under which this process runs. Environment variables cannot change it.

`login.current()` gives the user's number, a blank, and the name: `1000 zhangsan`; on Windows the SID instead of the
number; "" where the system knows none. Everybody calls it as `login.current()`, so that tests can replace it in one place.
"""

import os
import sys


def name() -> str:
    """The name of the login, "" where it has none."""
    return current().partition(" ")[2]


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY, _TOKEN_USER = 0x0008, 1

    def current() -> str:
        """The SID of the user of this process's token, and the account's name."""
        kernel, security = ctypes.WinDLL("kernel32"), ctypes.WinDLL("advapi32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.LocalFree.argtypes = [wintypes.HLOCAL]
        security.OpenProcessToken.argtypes = [
            wintypes.HANDLE,
            wintypes.DWORD,
            ctypes.POINTER(wintypes.HANDLE),
        ]
        token, size, text = wintypes.HANDLE(), wintypes.DWORD(), wintypes.LPWSTR()
        if not security.OpenProcessToken(kernel.GetCurrentProcess(), _QUERY, ctypes.byref(token)):
            return ""
        try:
            security.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            user = ctypes.create_string_buffer(size.value)
            if not security.GetTokenInformation(token, _TOKEN_USER, user, size, ctypes.byref(size)):
                return ""
            sid = ctypes.cast(user, ctypes.POINTER(ctypes.c_void_p))[0]
            if not security.ConvertSidToStringSidW(ctypes.c_void_p(sid), ctypes.byref(text)):
                return ""
            sid_text = text.value or ""
            kernel.LocalFree(text)
        finally:
            kernel.CloseHandle(token)
        return f"{sid_text} {_account(security)}".strip()

    def _account(security: ctypes.WinDLL) -> str:
        size = wintypes.DWORD(257)
        text = ctypes.create_unicode_buffer(size.value)
        return text.value if security.GetUserNameW(text, ctypes.byref(size)) else ""

else:

    def current() -> str:
        """The real user's number, and the name in the system's own list."""
        import pwd

        number = os.getuid()
        try:
            return f"{number} {pwd.getpwuid(number).pw_name}"
        except KeyError:  # a container may run under a number that has no name
            return str(number)
