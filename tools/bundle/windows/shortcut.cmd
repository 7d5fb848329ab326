@rem Puts a shortcut to the desk on the desktop, from wherever this folder lies now. Untried.
@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0shortcut.ps1"
