"""Build the generated reference files; run by hand when their sources change.

    npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
    python3 installers/build_reference.py regions package/data
    python3 installers/build_reference.py countries            (needs Babel)

Everything else in resources/reference is edited by hand.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HOUSE), str(HOUSE / "sync")]

from desmigratif_desktop.foundation.places import pack_regions, tidy_region_name  # noqa: E402

REFERENCE = HOUSE / "resources" / "reference"
COUNTRY_HEAD = (
    "code",
    "label",
    "valid_from",
    "valid_to",
    "source",
    "dialling",
    "common",
    "aliases",
)
COMMON = "HK TW MY JP SG KR SA AE BN TR IT PL QA OM KW BH JO MO DE HU".split()  # noqa: SIM905
"""Destinations of Indonesian workers by number; a picker offers them first."""
OWN = {
    "HK": ("Hong Kong", "852", "HKG|Hongkong|Hong Kong DAK Tiongkok"),
    "TW": ("Taiwan", "886", "Republik Tiongkok|TWN"),
    "MY": ("Malaysia", "60", "Malaysia Barat|Malaysia Timur|MYS"),
    "JP": ("Jepang", "81", "Japan|JPN"),
    "SG": ("Singapura", "65", "Singapore|SGP"),
    "KR": ("Korea Selatan", "82", "Korea|Korsel|Republik Korea|KOR"),
    "SA": ("Arab Saudi", "966", "Saudi|Saudi Arabia|KSA|SAU"),
    "AE": ("Uni Emirat Arab", "971", "UEA|Uni Emirat|Dubai|Abu Dhabi"),
    "BN": ("Brunei Darussalam", "673", "Brunei|BRN"),
    "TR": ("Turki", "90", "Turkiye|Turkey"),
    "IT": ("Italia", "39", "Italy"),
    "PL": ("Polandia", "48", "Poland"),
    "QA": ("Qatar", "974", "Katar"),
    "OM": ("Oman", "968", ""),
    "KW": ("Kuwait", "965", ""),
    "BH": ("Bahrain", "973", ""),
    "JO": ("Yordania", "962", "Jordan"),
    "MO": ("Makau", "853", "Macau|Makao"),
    "DE": ("Jerman", "49", "Germany"),
    "HU": ("Hungaria", "36", "Hungary"),
    "PS": ("Palestina", "970", ""),
    "CN": ("Tiongkok", "86", "China|Cina|RRT"),
    "KP": ("Korea Utara", "850", "Korut"),
    "US": ("Amerika Serikat", "1", "Amerika|USA"),
    "GB": ("Inggris Raya", "44", "Inggris|UK"),
    "NL": ("Belanda", "31", "Netherlands"),
    "AU": ("Australia", "61", ""),
    "NZ": ("Selandia Baru", "64", "New Zealand"),
    "PG": ("Papua Nugini", "675", ""),
    "MV": ("Maladewa", "960", "Maldives"),
    "TH": ("Thailand", "66", ""),
    "KH": ("Kamboja", "855", "Cambodia"),
    "MM": ("Myanmar", "95", "Burma"),
    "LA": ("Laos", "856", ""),
    "VN": ("Vietnam", "84", ""),
    "PH": ("Filipina", "63", ""),
    "TL": ("Timor Leste", "670", ""),
    "EG": ("Mesir", "20", ""),
    "LB": ("Lebanon", "961", "Libanon"),
    "SY": ("Suriah", "963", "Syria"),
    "IQ": ("Irak", "964", ""),
    "YE": ("Yaman", "967", ""),
    "SK": ("Slovakia", "421", ""),
    "RO": ("Rumania", "40", ""),
    "BG": ("Bulgaria", "359", ""),
    "HR": ("Kroasia", "385", ""),
    "CZ": ("Ceko", "420", "Republik Ceko"),
    "CA": ("Kanada", "1", ""),
}
"""Name by Indonesian use, dialling code, and other spellings people write."""
NOT_COUNTRIES = set("EU EZ UN ZZ XA XB QO ID AC CP CQ DG EA IC TA".split())  # noqa: SIM905


def build_regions(folder: Path) -> None:
    """Pack provinces.csv, regencies.csv, districts.csv and villages.csv of idn-area-data."""
    names: dict[str, str] = {}
    for file in ("provinces", "regencies", "districts", "villages"):
        with (folder / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, strict=True):
                name = " ".join(row["name"].split())
                is_abbreviation = len(name) <= 8 and file in {"districts", "villages"}
                names[row["code"].replace(".", "")] = (
                    name if is_abbreviation else tidy_region_name(name)
                )
    target = REFERENCE / "regions" / "regions.bin"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack_regions(names))
    levels = {digits: sum(len(code) == digits for code in names) for digits in (2, 4, 6, 10)}
    print(f"{target.name}: {target.stat().st_size} bytes, {levels}")


def build_countries() -> None:
    """Write destination_country.csv: ISO 3166 codes with the Indonesian names of CLDR."""
    from babel import Locale, __version__  # noqa: PLC0415 - the regions do not need it

    cldr = Locale("id").territories
    codes = [code for code in cldr if len(code) == 2 and code.isalpha()]
    rows = {
        code: OWN.get(code, (cldr[code], "", "")) for code in codes if code not in NOT_COUNTRIES
    }
    source = f"ISO 3166-1; nama: Unicode CLDR (Babel {__version__}), disesuaikan"
    places = {code: place for place, code in enumerate(COMMON)}
    with (REFERENCE / "destination_country.csv").open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(COUNTRY_HEAD)
        for code in sorted(rows, key=lambda one: (places.get(one, len(COMMON)), rows[one][0])):
            name, dialling, aliases = rows[code]
            common = "ya" if code in places else ""
            sheet.writerow((code.lower(), name, "", "", source, dialling, common, aliases))
        unknown = ("tidak_diketahui", "Tidak diketahui", "", "", "praktik: tidak tahu adalah nilai")
        sheet.writerow((*unknown, "", "", ""))
    print(f"destination_country.csv: {len(rows) + 1} rows")


def main() -> int:
    """Run the part that is named."""
    match sys.argv[1:]:
        case ["regions", folder]:
            build_regions(Path(folder))
        case ["countries"]:
            build_countries()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
