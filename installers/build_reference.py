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
LABELS = {
    "HK": "Hong Kong", "MO": "Makau", "TW": "Taiwan", "KR": "Korea Selatan", "KP": "Korea Utara",
    "AE": "Uni Emirat Arab", "PS": "Palestina", "CN": "Tiongkok", "BN": "Brunei Darussalam",
}  # fmt: skip
DIALLING = {
    "HK": "852", "TW": "886", "MY": "60", "JP": "81", "SG": "65", "KR": "82", "SA": "966", "AE": "971",
    "BN": "673", "TR": "90", "IT": "39", "PL": "48", "QA": "974", "OM": "968", "KW": "965", "BH": "973",
    "JO": "962", "MO": "853", "DE": "49", "HU": "36", "PG": "675", "MV": "960", "NZ": "64", "AU": "61",
    "US": "1", "GB": "44", "NL": "31", "ES": "34", "TH": "66", "CN": "86", "ID": "62", "KH": "855",
    "MM": "95", "PH": "63", "SK": "421", "RO": "40", "BG": "359", "HR": "385", "CZ": "420", "CA": "1",
    "EG": "20", "LB": "961", "SY": "963", "IQ": "964", "YE": "967", "TL": "670", "VN": "84", "LA": "856",
}  # fmt: skip
COMMON = (
    "HK",
    "TW",
    "MY",
    "JP",
    "SG",
    "KR",
    "SA",
    "AE",
    "BN",
    "TR",
    "IT",
    "PL",
    "QA",
    "OM",
    "KW",
    "BH",
    "JO",
    "MO",
    "DE",
    "HU",
)
ALIASES = {
    "HK": "HKG|Hongkong|Hong Kong DAK Tiongkok", "TW": "Republik Tiongkok", "KR": "Korea|Korsel|Republik Korea",
    "SA": "Saudi|Arab Saudi|Saudi Arabia|KSA", "AE": "UEA|Uni Emirat|Dubai|Abu Dhabi", "MY": "Malaysia Barat|Malaysia Timur",
    "BN": "Brunei", "SG": "Singapore", "JP": "Japan", "TR": "Turkiye|Turkey", "CN": "China|Cina|RRT",
    "MO": "Macau|Makao", "KP": "Korut", "US": "Amerika|USA", "GB": "Inggris|UK", "NL": "Belanda",
}  # fmt: skip


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
    from babel import Locale, __version__

    territories = Locale("id").territories
    codes = [
        code
        for code in territories
        if len(code) == 2
        and code.isalpha()
        and code
        not in {
            "EU",
            "EZ",
            "UN",
            "ZZ",
            "XA",
            "XB",
            "QO",
            "ID",
            "AC",
            "CP",
            "CQ",
            "DG",
            "EA",
            "IC",
            "TA",
        }
    ]
    codes.sort(
        key=lambda code: (
            COMMON.index(code) if code in COMMON else len(COMMON),
            LABELS.get(code, territories[code]),
        )
    )
    source = f"ISO 3166-1; nama: Unicode CLDR (Babel {__version__}), disesuaikan"
    with (REFERENCE / "destination_country.csv").open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(COUNTRY_HEAD)
        for code in codes:
            common = "ya" if code in COMMON else ""
            sheet.writerow(
                (
                    code.lower(),
                    LABELS.get(code, territories[code]),
                    "",
                    "",
                    source,
                    DIALLING.get(code, ""),
                    common,
                    ALIASES.get(code, ""),
                )
            )
        sheet.writerow(
            (
                "tidak_diketahui",
                "Tidak diketahui",
                "",
                "",
                "domain §2.2: tidak tahu adalah nilai",
                "",
                "",
                "",
            )
        )
    print(f"destination_country.csv: {len(codes) + 1} rows")


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
