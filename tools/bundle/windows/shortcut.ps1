# Puts a shortcut that starts `sanchuang desk` on the desktop. Untried.
# Shell.Application, since WScript.Shell loses characters that the system's code page lacks, as Chinese ones on some systems.
$ErrorActionPreference = 'Stop'
$desktop = [Environment]::GetFolderPath('Desktop')
$file = Join-Path $desktop 'sanchuang.lnk'
if (-not (Test-Path -LiteralPath $file)) { New-Item -ItemType File -Path $file | Out-Null }
$shortcut = (New-Object -ComObject Shell.Application).NameSpace($desktop).ParseName('sanchuang.lnk').GetLink
$shortcut.Path = Join-Path $PSScriptRoot 'sanchuang.exe'
$shortcut.Arguments = 'desk'
$shortcut.WorkingDirectory = [Environment]::GetFolderPath('MyDocuments')
$shortcut.Save()
Write-Host $file
