@echo off
rem Build the Windows installer. Needs Python 3.11 or newer (64 bit) and NSIS on this machine.
setlocal
cd /d "%~dp0..\.."
py installers\start.py test -- tests\contracts\test_start.py || exit /b 1
.venv\Scripts\python -m pip install --quiet -e .[package] || exit /b 1
.venv\Scripts\python -m PyInstaller --noconfirm --distpath build\windows --workpath build\windows\work installers\windows\desmigratif.spec || exit /b 1
for /f %%v in ('.venv\Scripts\python -c "import desmigratif_sync; print(desmigratif_sync.__version__)"') do set VERSION=%%v
if not exist dist mkdir dist
set NSIS=makensis
where makensis >nul 2>nul || set NSIS="%ProgramFiles(x86)%\NSIS\makensis.exe"
%NSIS% -V2 -DVERSION=%VERSION% -DSOURCE="%CD%\build\windows\desmigratif" -DOUTPUT="%CD%\dist\desmigratif-%VERSION%.exe" installers\windows\desmigratif.nsi || exit /b 1
echo dist\desmigratif-%VERSION%.exe
