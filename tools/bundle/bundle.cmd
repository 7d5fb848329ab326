@rem Makes dist\sanchuang on Windows, a folder that needs no Python, and holds it against the installed tool. Untried.
@cd /d "%~dp0..\.." && py -3 -m tools.bundle
