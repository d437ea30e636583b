# ruff: noqa: SIM905, UP031, PTH123
# fmt: off
"""Seeded workload: N Indonesian person records of 34 fields, plus E edits of 1-2 fields.

Own generator; names are common given names combined at random, no real person.
Used by every peer so that all of them move the same data.
"""
from __future__ import annotations

import datetime as dt
import json
import random
import sqlite3
import sys
import uuid

FIELDS = ("id nik no_kk nama jk tempat_lahir tgl_lahir agama status_kawin pendidikan pekerjaan "
          "gol_darah kewarganegaraan hubungan nama_ayah nik_ayah nama_ibu nik_ibu alamat rt rw "
          "dusun kode_desa kode_pos no_hp email no_bpjs no_akta disabilitas penghasilan catatan "
          "created_at updated_at created_by").split()
INT = {"penghasilan"}
L = "Agus Budi Slamet Sutrisno Joko Eko Wahyu Dwi Tri Hendra Rudi Ahmad Muhammad Abdul Yusuf Ibrahim Hasan Umar Andi Daeng Ketut Wayan Made Nyoman Gede Yohanes Markus Petrus Paulus Anton Bambang Suparman Supriyadi Mulyono Iwan Dedi Asep Ujang Cecep Dadang Rizky Fajar Bayu Arif Ilham Taufik Zainal Syamsul Nur Imam".split()
P = "Siti Sri Dewi Ni Luh Ayu Putri Nur Aisyah Fatimah Khadijah Wati Lestari Rahayu Ningsih Sulastri Kartini Endang Yuni Rina Tini Maria Marta Yuliana Kristina Dian Indah Mega Ratna Wulan Intan Mutiara Halimah Aminah Zahra Salma Nurul Hasanah Rohani Marlina Tuti Eni Lilis Neneng Yanti Susi Murni Asih Sari".split()
B = "Santoso Wijaya Saputra Hidayat Nugroho Setiawan Kurniawan Rahman Siregar Nasution Lubis Harahap Simanjuntak Sitompul Manurung Tarigan Ginting Sembiring Purba Hutapea Pane Wibowo Prasetyo Susanto Utomo Pratama Permana Suryadi Maulana Firmansyah Ramadhan Hakim Basri Latuconsina Pattiasina Tuhumury Lamere Wanggai Yoman Tabuni".split()
KOTA = "Bandung Garut Tasikmalaya Ciamis Cirebon Semarang Solo Klaten Wonogiri Sragen Malang Kediri Blitar Jember Surabaya Medan Padang Jambi Palembang Makassar Kupang Ende Ambon Jayapura".split()
JLN = "Merdeka Diponegoro Sudirman Kartini Pahlawan Melati Mawar Kenanga Anggrek Cempaka Raya Desa Pasar Masjid Sawah Sungai Bukit".split()
DUSUN = ["Krajan", "Sukamaju", "Karanganyar", "Sidodadi", "Mekarsari", "Tanjung"]
PEK = [("Petani/Pekebun", 30), ("Buruh Tani", 10), ("Wiraswasta", 14), ("Mengurus Rumah Tangga", 18), ("Pelajar/Mahasiswa", 20),
       ("Karyawan Swasta", 8), ("Belum/Tidak Bekerja", 15), ("Pedagang", 6), ("Nelayan", 4), ("Pekerja Migran", 3), ("PNS", 1), ("Sopir", 2)]
DIK = [("Tamat SD/Sederajat", 32), ("SLTP/Sederajat", 22), ("SLTA/Sederajat", 24), ("Tidak/Belum Sekolah", 12), ("Diploma IV/Strata I", 6), ("Diploma III", 3)]
CAT = ["Perlu verifikasi dokumen", "Pindah dari kecamatan lain", "Penerima bantuan PKH", "Calon pekerja migran tujuan Malaysia", "Data KK belum diperbarui", "Lansia, tinggal sendiri"]


def pick(r, t):
    return r.choices([a for a, _ in t], [b for _, b in t])[0]


def name(r, jk):
    g = L if jk == "L" else P
    k = r.random()
    if k < .2:
        return r.choice(g)
    if k < .75:
        return r.choice(g) + " " + r.choice(B)
    return r.choice(g) + " " + r.choice(g) + " " + r.choice(B)


def persons(n, seed=1):
    """n tuples in FIELDS order. ids are UUIDv7-shaped (48-bit time + 74 random bits)."""
    r = random.Random(seed)
    desa, out, kk = "3205142007", [], []
    t0 = dt.datetime(2026, 1, 5, 8, 0, 0)
    for i in range(n):
        if not kk:
            kk = ["320514" + (dt.date(2008, 1, 1) + dt.timedelta(r.randrange(6000))).strftime("%d%m%y") + "%04d" % r.randrange(1, 9999),
                  r.randint(1, 6), "%03d" % r.randint(1, 9), "%03d" % r.randint(1, 5), r.choice(DUSUN), r.randint(1, 220), r.choice(JLN), 0]
        jk = r.choice("LP")
        b = dt.date(1940, 1, 1) + dt.timedelta(r.randrange(31000))
        nik = "320514%02d%s%04d" % (b.day + (40 if jk == "P" else 0), b.strftime("%m%y"), r.randrange(1, 9999))
        nm = name(r, jk)
        t = t0 + dt.timedelta(seconds=i * 37 + r.randrange(30))
        ms = int(t.timestamp() * 1000) + r.randrange(1000)
        u = str(uuid.UUID(int=(ms << 80) | (7 << 76) | (r.getrandbits(12) << 64) | (2 << 62) | r.getrandbits(62)))
        ts = t.strftime("%Y-%m-%dT%H:%M:%S")
        out.append((u, nik, kk[0], nm, jk, r.choice(KOTA) if r.random() < .3 else "Garut", b.isoformat(),
                    "Islam" if r.random() < .9 else r.choice(["Kristen", "Katolik", "Hindu"]),
                    r.choice(["Kawin", "Belum Kawin", "Cerai Mati"]), pick(r, DIK), pick(r, PEK), r.choice(["A", "B", "AB", "O", ""]), "WNI",
                    ["Kepala Keluarga", "Istri", "Anak", "Anak", "Orang Tua", "Famili Lain"][min(kk[7], 5)], name(r, "L"),
                    "" if r.random() < .6 else "320514%010d" % r.randrange(10 ** 10), name(r, "P"),
                    "" if r.random() < .6 else "320514%010d" % r.randrange(10 ** 10),
                    "Jl. %s No. %d" % (kk[6], kk[5]), kk[2], kk[3], kk[4], desa, "44172",
                    "" if r.random() < .4 else "08" + r.choice(["12", "13", "52", "57", "78", "95"]) + "%08d" % r.randrange(10 ** 8),
                    "" if r.random() < .9 else nm.split()[0].lower() + str(r.randrange(999)) + "@contoh.id",
                    "" if r.random() < .35 else "%013d" % r.randrange(10 ** 12),
                    "" if r.random() < .5 else "AL.%03d.%07d" % (r.randrange(800), r.randrange(10 ** 7)),
                    "" if r.random() < .96 else r.choice(["Fisik", "Netra", "Rungu"]),
                    0 if r.random() < .5 else r.randrange(5, 80) * 100000, "" if r.random() < .8 else r.choice(CAT),
                    ts, ts, "petugas-%d" % r.randint(1, 3)))
        kk[7] += 1
        kk[1] -= 1
        if kk[1] == 0:
            kk = []
    return out


def edits(rows, e=500, seed=2):
    """{row index: {field: new value}}; one or two of five fields plus updated_at."""
    r = random.Random(seed)
    res = {}
    for i in sorted(r.sample(range(len(rows)), e)):
        d = {}
        for f in r.sample(["no_hp", "pekerjaan", "status_kawin", "alamat", "catatan"], r.randint(1, 2)):
            d[f] = {"no_hp": "0812%08d" % r.randrange(10 ** 8), "pekerjaan": pick(r, PEK) + " ", "status_kawin": "Cerai Hidup",
                    "alamat": "Jl. %s No. %d" % (r.choice(JLN), r.randint(221, 400)), "catatan": r.choice(CAT) + " 2026"}[f]
        d["updated_at"] = (dt.datetime(2026, 3, 1, 8) + dt.timedelta(seconds=i)).strftime("%Y-%m-%dT%H:%M:%S")
        res[i] = d
    return res


DDL = ("CREATE TABLE IF NOT EXISTS person(id TEXT NOT NULL PRIMARY KEY," +
       ",".join(f + (" INTEGER" if f in INT else " TEXT") for f in FIELDS[1:]) + ")")
INS = "INSERT INTO person VALUES(" + ",".join("?" * len(FIELDS)) + ")"


def db(path, rows=(), sync="NORMAL"):
    c = sqlite3.connect(path, isolation_level=None)
    c.execute("PRAGMA journal_mode=WAL")
    c.execute("PRAGMA synchronous=" + sync)
    c.execute(DDL)
    if rows:
        c.execute("BEGIN")
        c.executemany(INS, rows)
        c.execute("COMMIT")
    return c


def apply_edits(c, rows, ed):
    c.execute("BEGIN")
    for i, d in ed.items():
        c.execute("UPDATE person SET " + ",".join(k + "=?" for k in d) + " WHERE id=?", [*d.values(), rows[i][0]])
    c.execute("COMMIT")


if __name__ == "__main__":  # workload.py N OUT.json : for the JavaScript peer
    rows = persons(int(sys.argv[1]))
    with open(sys.argv[2], "w") as f:
        json.dump({"fields": FIELDS, "rows": rows, "edits": [[i, d] for i, d in edits(rows).items()]}, f)
