"""Compression of bodies, always bounded, with a dictionary of words for small ones.

A frame with one person would spend half its bytes on the names of fields. Codec 2 is
codec 1 with `WORDS` as a raw zstd dictionary. The list is frozen for ever: a frame
sealed today must be readable in ten years. A better list is a new codec beside it.
"""

from __future__ import annotations

from functools import cache

import zstandard

from desmigratif_sync.protocol.packing import CodecError

PLAIN = 1
WORDS_1 = 2

WORDS = (
    "complaint|aid|business_group|member|loan|deposit|savings|posting|account|session|attendance|"
    "training|certificate|participant|child|caregiver|meeting|number|issued_paper|work_experience|"
    "consent|person_language|person_skill|episode_stage|migration_episode|emergency_contact|"
    "person_role|household|officer|post|village|district|"
    '"stage","country","employer","agency","departed_on","returned_on","job_title","started_on",'
    '"ended_on","title","held_on","amount_rp","person","type","code","label","no_kk","head",'
    "people.import|act.undo|training.close|certificate.issue|letter.issue|officer.add|"
    "migration.details|migration.record_stage|household.edit|household.register|"
    "belum_tidak_bekerja|mengurus_rumah_tangga|pelajar_mahasiswa|pegawai_negeri_sipil_pns|"
    "karyawan_swasta|wiraswasta|petani_pekebun|buruh_tani_perkebunan|buruh_harian_lepas|"
    "Malaysia|Taiwan|Hong Kong|Singapura|Arab Saudi|Korea Selatan|Jepang|"
    "tidak_belum_sekolah|belum_tamat_sd_sederajat|diploma_iv_strata_i|tamat_sd_sederajat|"
    "sltp_sederajat|slta_sederajat|kepala_keluarga|suami|istri|menantu|cucu|orangtua|anak|"
    "famili_lain|cerai_hidup|cerai_mati|belum_kawin|"
    "kristen|katholik|hindu|budha|khonghucu|islam|undone|merged|"
    "tanpa_nik|belum_rekam|A|B|AB|O|L|P|"
    '"birth_certificate_no","marriage_certificate_no","divorce_certificate_no","divorce_date",'
    '"education_current","kitas_no","ethnicity","current_address","life_status","spouse_name",'
    '"children_count","children_birth_years","id_siapkerja","no_ak1","id_siskop2mi",'
    '"no_bpjs_tk","no_bpjs_kes","note","marriage","residence"],[["3212"],["08"],["Jl. "],["Desa '
    '"+628"],["Dusun "],["wni"],["WNI"],["L"],["P"],["-"],["islam"],["kawin"],["Krajan"],["19"],'
    '[{"rt":"001","rw":"002","dusun":"Krajan"}]]]]],[[],[]],[[],[]]]'
    '[{"marital_status":"kawin","marriage_date":[],"marriage_record":[]}],'
    '[[],[[0],0,[],[0],["person.edit"],[null],[null],[0],[1],[0]],[[],[]],[[0],[["person",'
    '"phone",[0],[1],[0],[1],["+62812"]]]],[[],[]]]'
    '[[[]],[[0],115998720000000000,[],[0],["person.register"],[null],[null],[1],[0],[0]],'
    '[[0],[["person",[0],["name","nik","nik_missing_reason","household","household_relation",'
    '"sex","birth_place","birth_date","religion","education_level","occupation","blood_type",'
    '"nationality","disability","phone","whatsapp","email","address","area_code","father_name",'
    '"mother_name","father_nik","mother_nik","alias","title_before","title_after","bin_binti",'
    '"passport_name","passport_no","passport_valid_until",'
)


@cache
def _words() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(WORDS.encode(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)


@cache
def _compressor(codec: int, level: int) -> zstandard.ZstdCompressor:
    if codec == WORDS_1:
        return zstandard.ZstdCompressor(level=level, dict_data=_words(), write_dict_id=False)
    return zstandard.ZstdCompressor(level=level)


def compress(raw: bytes, codec: int, level: int) -> bytes:
    """Squeeze a raw body; its length stands in the zstd frame too."""
    return _compressor(codec, level).compress(raw)


def decompress(body: bytes, codec: int, raw_len: int) -> bytes:
    """Give the raw body back, never more than `raw_len` bytes.

    Raises:
        CodecError: an unknown codec, or a length other than the signed one.
        zstandard.ZstdError: the body is not zstd, or more follows it.
    """
    if codec not in {PLAIN, WORDS_1}:
        raise CodecError("a codec of a newer program")
    if zstandard.get_frame_parameters(body).content_size != raw_len:
        raise CodecError("not the length that was signed")
    words = _words() if codec == WORDS_1 else None
    opener = zstandard.ZstdDecompressor(dict_data=words)
    raw = opener.decompress(body, max_output_size=raw_len, allow_extra_data=False)
    if len(raw) != raw_len:
        raise CodecError("not the length that was signed")
    return raw
