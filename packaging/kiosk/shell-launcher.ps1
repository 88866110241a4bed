# Makes quay-mot-cua.exe the only program of one Windows account; run as administrator.
# See docs/kiosk.md. It was not run on Windows yet.
param(
    [string]$Account = "kiosk",
    [string]$Program = "C:\Program Files\QuayMotCua\quay-mot-cua.exe",
    [string]$Data = "C:\ProgramData\quay-mot-cua-kiosk",
    [switch]$Pro
)
$ErrorActionPreference = "Stop"
$command = "`"$Program`" --data `"$Data`" kiosk"
$sid = (New-Object System.Security.Principal.NTAccount($Account)).Translate(
    [System.Security.Principal.SecurityIdentifier]).Value

if (-not $Pro) {
    Enable-WindowsOptionalFeature -Online -FeatureName Client-EmbeddedShellLauncher -All -NoRestart
    $launcher = [wmiclass]"\\localhost\root\standardcimv2\embedded:WESL_UserSetting"
    $launcher.SetDefaultShell("explorer.exe", 0)
    # 0: start the program again when it ends, whatever it returns
    $launcher.SetCustomShell($sid, $command, $null, $null, 0)
    $launcher.SetEnabled($true)
}
$hive = "Registry::HKEY_USERS\$sid\Software\Microsoft\Windows"
if (-not (Test-Path $hive)) {
    throw "Sign in once as $Account, sign out into an administrator without restarting, then run this again."
}
if ($Pro) {
    $winlogon = "Registry::HKEY_USERS\$sid\Software\Microsoft\Windows NT\CurrentVersion\Winlogon"
    New-Item -Path $winlogon -Force | Out-Null
    Set-ItemProperty -Path $winlogon -Name Shell -Value $command
}
$system = "$hive\CurrentVersion\Policies\System"
New-Item -Path $system -Force | Out-Null
foreach ($name in "DisableTaskMgr", "DisableChangePassword", "DisableLockWorkstation") {
    Set-ItemProperty -Path $system -Name $name -Value 1 -Type DWord
}
$explorer = "$hive\CurrentVersion\Policies\Explorer"
New-Item -Path $explorer -Force | Out-Null
Set-ItemProperty -Path $explorer -Name NoLogoff -Value 1 -Type DWord
$edge = "HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI"
New-Item -Path $edge -Force | Out-Null
Set-ItemProperty -Path $edge -Name AllowEdgeSwipe -Value 0 -Type DWord
Set-ItemProperty -Path "HKLM:\SYSTEM\CurrentControlSet\Services\USBSTOR" -Name Start -Value 4 -Type DWord
powercfg /change standby-timeout-ac 0
powercfg /change monitor-timeout-ac 0
powercfg /change hibernate-timeout-ac 0
