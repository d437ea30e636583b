; The Windows installer: no administrator, in the officer's own folder, data untouched.
;   makensis -DVERSION=0.1.0 -DSOURCE=..\..\build\windows\desmigratif -DOUTPUT=..\..\dist\desmigratif-0.1.0.exe desmigratif.nsi
Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
!ifndef VERSION
  !error "makensis needs -DVERSION=…"
!endif

Name "Desmigratif ${VERSION}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Desmigratif"
InstallDirRegKey HKCU "Software\Desmigratif" "Folder"
LoadLanguageFile "${NSISDIR}/Contrib/Language files/Indonesian.nlf"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Desmigratif"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Pos layanan Desa Migran Produktif"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Desmigratif"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; The window keeps its own program file open: that is how a running one is noticed.
!macro REFUSE_WHILE_RUNNING
  IfFileExists "$INSTDIR\desmigratif.exe" 0 +7
    ClearErrors
    FileOpen $0 "$INSTDIR\desmigratif.exe" a
    IfErrors 0 +3
      MessageBox MB_OK|MB_ICONSTOP "Desmigratif sedang terbuka. Tutup dahulu, lalu ulangi." /SD IDOK
      Abort
    FileClose $0
!macroend

Section "Desmigratif"
  !insertmacro REFUSE_WHILE_RUNNING
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  CreateShortcut "$SMPROGRAMS\Desmigratif.lnk" "$INSTDIR\desmigratif.exe"
  CreateShortcut "$DESKTOP\Desmigratif.lnk" "$INSTDIR\desmigratif.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Desmigratif" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Desmigratif"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\desmigratif.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; The records lie in %LOCALAPPDATA%\desmigratif and stay there.
Section "Uninstall"
  !insertmacro REFUSE_WHILE_RUNNING
  Delete "$SMPROGRAMS\Desmigratif.lnk"
  Delete "$DESKTOP\Desmigratif.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\desmigratif.exe"
  Delete "$INSTDIR\desmigratif-tool.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Desmigratif"
SectionEnd
