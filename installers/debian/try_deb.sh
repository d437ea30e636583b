#!/usr/bin/env bash
# Install a package in a clean Debian root and start it on a screen nobody sees.
#
#   sudo installers/debian/try_deb.sh dist/desmigratif_0.1.0_amd64.deb [ROOT] [PICTURE.png]
#
# Leaves PICTURE.png (the first window) and PICTURE-belajar.png (the practice village, opened by the
# keyboard), and makes, fills and exports a post with the packaged commands.
# ROOT is made with debootstrap when it does not exist, and kept. Needs root and debootstrap.
set -eu -o pipefail

package=$(realpath "${1:?berkas .deb}")
root=$(realpath -m "${2:-build/deb/root}")
picture=$(realpath -m "${3:-dist/desmigratif-xvfb.png}")
release=${DEBIAN_RELEASE:-bookworm}

[ "$(id -u)" -eq 0 ] || { echo "Perintah ini memerlukan root." >&2; exit 1; }
if [ ! -x "$root/usr/bin/apt-get" ]; then
  mkdir -p "$root"
  debootstrap --variant=minbase "$release" "$root" ${DEBIAN_MIRROR:-}
fi
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true

mounts=(proc dev dev/pts)
cleanup() { for place in dev/pts dev proc; do umount -l "$root/$place" 2>/dev/null || true; done; }
trap cleanup EXIT
for place in "${mounts[@]}"; do
  mountpoint -q "$root/$place" || mount --bind "/$place" "$root/$place"
done

inside() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    chroot "$root" "$@"
}

cp "$package" "$root/var/tmp/desmigratif.deb"
inside apt-get -q update >/dev/null
echo "== memasang"
inside apt-get -q install -y --no-install-recommends /var/tmp/desmigratif.deb | tail -n 3
echo "== perkakas percobaan (layar semu, tangkapan layar)"
inside apt-get -q install -y --no-install-recommends xvfb xauth imagemagick x11-utils xdotool >/dev/null
inside id petugas >/dev/null 2>&1 || inside useradd --create-home petugas


cat >"$root/var/tmp/tool.sh" <<'INNER'
set -eu
cd "$(mktemp -d)"
echo 'sandi percobaan paket' >sandi
export DESMIGRATIF_PASSPHRASE_FILE=$PWD/sandi
echo '{"name": "Siti Aminah", "birth_date": "1992-07", "religion": "islam"}' >warga.json
desmigratif-tool init --folder pos --village 3212162004 --office "Kantor Desa" --officer Wulan \
  --sheet pemulihan.pdf --json >jawaban
desmigratif-tool person add warga.json --folder pos --json >jawaban
for kind in xlsx csv json; do desmigratif-tool export people --to "warga.$kind" --folder pos; done >jawaban
desmigratif-tool print FORM-3 --blank --to kosong.pdf --folder pos --json >jawaban
desmigratif-tool backup --to cadangan --folder pos --json >jawaban
desmigratif-tool check --folder pos --json >jawaban
grep -q 'Siti Aminah' warga.json && grep -q '%PDF' kosong.pdf pemulihan.pdf
echo "desmigratif-tool: pos dibuat, diisi, diekspor, dicetak, dicadangkan, diperiksa"
INNER
inside su petugas -c 'bash /var/tmp/tool.sh'

cat >"$root/var/tmp/try.sh" <<'INNER'
set -u
Xvfb :77 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
export DISPLAY=:77 HOME=/home/petugas
for _ in $(seq 50); do xdpyinfo >/dev/null 2>&1 && break; sleep 0.1; done
desmigratif >/var/tmp/desmigratif.log 2>&1 &
program=$!
seen=""
for _ in $(seq 100); do
  kill -0 "$program" 2>/dev/null || break
  seen=$(xwininfo -root -tree 2>/dev/null | grep -i 'desmigratif' | grep -v -e ' 1x1+' -e 'Selection Owner' | head -n 1)
  [ -n "$seen" ] && break
  sleep 0.2
done
sleep 3
import -window root /var/tmp/desmigratif.png
for _ in $(seq 50); do
  window=$(xdotool search --onlyvisible --pid "$program" 2>/dev/null | tail -n 1)
  [ -n "$window" ] && xdotool windowfocus "$window" 2>/dev/null && break
  sleep 0.2
done
sleep 1
xdotool key alt+c
entered=/home/petugas/.local/share/desmigratif/pos/settings.json  # written when somebody is in
for _ in $(seq 300); do
  [ -e "$entered" ] && break
  sleep 0.2
done
sleep 4
import -window root /var/tmp/desmigratif-belajar.png
status=1
if [ -n "$seen" ] && kill -0 "$program" 2>/dev/null && [ -e "$entered" ]; then
  status=0
  echo "jendela: $seen"
  awk '/VmRSS/ {print "memori: " int($2 / 1024) " MB"}' "/proc/$program/status"
fi
kill "$program" 2>/dev/null
wait "$program" 2>/dev/null
kill "$server" 2>/dev/null
cat /var/tmp/desmigratif.log
exit "$status"
INNER
rm -f "$root"/var/tmp/desmigratif*.png "$root"/var/tmp/desmigratif.log
rm -rf "$root/home/petugas/.local"
echo "== menjalankan di layar semu"
status=0
inside su petugas -c 'bash /var/tmp/try.sh' || status=$?
mkdir -p "$(dirname "$picture")"
cp "$root/var/tmp/desmigratif.png" "$picture" 2>/dev/null && echo "gambar: $picture"
second=${picture%.png}-belajar.png
cp "$root/var/tmp/desmigratif-belajar.png" "$second" 2>/dev/null && echo "gambar: $second"
echo "== membuang"
inside apt-get -q remove -y desmigratif >/dev/null
[ ! -e "$root/usr/lib/desmigratif" ] && [ ! -e "$root/usr/bin/desmigratif" ] && echo "terbuang bersih"
exit "$status"
