; The silent Windows installer, for the bundle built there from packaging/quay-mot-cua.spec:
;   makensis packaging\quay-mot-cua.nsi          and on the desk:  quay-mot-cua-setup.exe /S
; Never run so far; docs/packaging.md says what must be tried before anybody calls it ready.
Unicode true
Name "Quầy Một Cửa"
OutFile "..\build\quay-mot-cua-setup.exe"
InstallDir "$PROGRAMFILES64\QuayMotCua"
RequestExecutionLevel admin
SilentInstall normal

Section "Program"
  SetOutPath "$INSTDIR"
  File /r "..\build\bundle\quay-mot-cua\*.*"
  CreateShortCut "$SMPROGRAMS\Quầy Một Cửa.lnk" "$INSTDIR\quay-mot-cua.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
SectionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\Quầy Một Cửa.lnk"
  RMDir /r "$INSTDIR"
SectionEnd
