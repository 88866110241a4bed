; The silent Windows installer, for the bundle built there from packaging/quay-mot-cua.spec:
;   makensis packaging\quay-mot-cua.nsi          and on the desk:  quay-mot-cua-setup.exe /S
; Compiled on Linux, never run so far; docs/packaging.md says what must be tried before it is called
; ready. Begins with a byte order mark: without it the words are read in the computer's code page.
Unicode true
!searchparse /file "..\program\__init__.py" 'VERSION = "' VERSION '"'
!define MARKER "quay-mot-cua.installed" ; a folder without it was not made by this installer
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\QuayMotCua"

Name "Quầy Một Cửa"
OutFile "..\build\quay-mot-cua-setup.exe"
InstallDir "$PROGRAMFILES64\QuayMotCua"
RequestExecutionLevel admin
SilentInstall normal

!macro STOP_WHILE_IT_RUNS
  ; Windows lets nobody write into a program that runs, though it lets it be renamed.
  IfFileExists "$INSTDIR\quay-mot-cua.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\quay-mot-cua.exe" a
  IfErrors running
  FileClose $0
  Goto closed

running:
  MessageBox MB_OK|MB_ICONSTOP "Hãy đóng Quầy Một Cửa rồi làm lại." /SD IDOK
  SetErrorLevel 2
  Abort

closed:
!macroend

Section "Program"
  SetRegView 64
  SetShellVarContext all
  IfFileExists "$INSTDIR\*.*" 0 empty
  IfFileExists "$INSTDIR\${MARKER}" ours
  MessageBox MB_OK|MB_ICONSTOP "Thư mục $INSTDIR có sẵn và không phải của Quầy Một Cửa." /SD IDOK
  SetErrorLevel 2
  Abort

ours:
  ; No file of the old program stays among the new ones. The marker stays, so a folder that was
  ; cleared by half is still known as ours.
  !insertmacro STOP_WHILE_IT_RUNS
  RMDir /r "$INSTDIR\_internal"

empty:
  SetOutPath "$INSTDIR"
  FileOpen $0 "$INSTDIR\${MARKER}" w
  FileClose $0
  File /r "..\build\bundle\quay-mot-cua\*.*"
  CreateShortCut "$SMPROGRAMS\Quầy Một Cửa.lnk" "$INSTDIR\quay-mot-cua.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "${ENTRY}" "DisplayName" "Quầy Một Cửa"
  WriteRegStr HKLM "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKLM "${ENTRY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  SetRegView 64
  SetShellVarContext all
  IfFileExists "$INSTDIR\${MARKER}" ours
  SetErrorLevel 2
  Abort

ours:
  !insertmacro STOP_WHILE_IT_RUNS
  Delete "$SMPROGRAMS\Quầy Một Cửa.lnk"
  DeleteRegKey HKLM "${ENTRY}"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\quay-mot-cua.exe"
  Delete "$INSTDIR\uninstall.exe"
  Delete "$INSTDIR\${MARKER}"
  RMDir "$INSTDIR"
SectionEnd
