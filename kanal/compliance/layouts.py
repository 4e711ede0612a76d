"""Where each district's tile stands. Governments without a layout have no tile map."""

from collections.abc import Mapping
from typing import NamedTuple


class Tile(NamedTuple):
    column: int
    row: int
    short: str
    name: str


Layout = Mapping[str, Tile]

# Rough position and equal area; no survey map. Keyed by the Kemendagri code of the kecamatan.
JAKARTA: Layout = {
    "31.01.01": Tile(1, 0, "KSU", "Kepulauan Seribu Utara"),
    "31.01.02": Tile(1, 1, "KSS", "Kepulauan Seribu Selatan"),
    "31.71.01": Tile(3, 4, "Gbr", "Gambir"),
    "31.71.02": Tile(4, 3, "Swb", "Sawah Besar"),
    "31.71.03": Tile(5, 3, "Kmy", "Kemayoran"),
    "31.71.04": Tile(4, 4, "Sen", "Senen"),
    "31.71.05": Tile(6, 4, "Cpp", "Cempaka Putih"),
    "31.71.06": Tile(3, 5, "Mtg", "Menteng"),
    "31.71.07": Tile(2, 5, "Tnb", "Tanah Abang"),
    "31.71.08": Tile(5, 4, "Joh", "Johar Baru"),
    "31.72.01": Tile(2, 2, "Pjr", "Penjaringan"),
    "31.72.02": Tile(4, 2, "Prk", "Tanjung Priok"),
    "31.72.03": Tile(5, 2, "Koj", "Koja"),
    "31.72.04": Tile(6, 2, "Cil", "Cilincing"),
    "31.72.05": Tile(3, 2, "Pdm", "Pademangan"),
    "31.72.06": Tile(6, 3, "Kpg", "Kelapa Gading"),
    "31.73.01": Tile(1, 3, "Ckr", "Cengkareng"),
    "31.73.02": Tile(1, 4, "Grg", "Grogol Petamburan"),
    "31.73.03": Tile(3, 3, "Tms", "Taman Sari"),
    "31.73.04": Tile(2, 3, "Tbr", "Tambora"),
    "31.73.05": Tile(1, 5, "Kbj", "Kebon Jeruk"),
    "31.73.06": Tile(0, 3, "Kld", "Kalideres"),
    "31.73.07": Tile(2, 4, "Plm", "Pal Merah"),
    "31.73.08": Tile(0, 4, "Kmb", "Kembangan"),
    "31.74.01": Tile(4, 6, "Tbt", "Tebet"),
    "31.74.02": Tile(3, 6, "Stb", "Setiabudi"),
    "31.74.03": Tile(2, 7, "Mpg", "Mampang Prapatan"),
    "31.74.04": Tile(2, 8, "Psm", "Pasar Minggu"),
    "31.74.05": Tile(1, 6, "Kbl", "Kebayoran Lama"),
    "31.74.06": Tile(1, 7, "Cld", "Cilandak"),
    "31.74.07": Tile(2, 6, "Kbb", "Kebayoran Baru"),
    "31.74.08": Tile(3, 7, "Pcr", "Pancoran"),
    "31.74.09": Tile(2, 9, "Jgk", "Jagakarsa"),
    "31.74.10": Tile(0, 6, "Psg", "Pesanggrahan"),
    "31.75.01": Tile(4, 5, "Mtr", "Matraman"),
    "31.75.02": Tile(7, 4, "Plg", "Pulogadung"),
    "31.75.03": Tile(5, 5, "Jtn", "Jatinegara"),
    "31.75.04": Tile(4, 7, "Krj", "Kramatjati"),
    "31.75.05": Tile(3, 8, "Psr", "Pasar Rebo"),
    "31.75.06": Tile(8, 4, "Ckg", "Cakung"),
    "31.75.07": Tile(6, 5, "Drs", "Duren Sawit"),
    "31.75.08": Tile(5, 7, "Mks", "Makasar"),
    "31.75.09": Tile(4, 8, "Crc", "Ciracas"),
    "31.75.10": Tile(5, 8, "Cpy", "Cipayung"),
}
LAYOUTS = (JAKARTA,)


def layout_for(districts: Mapping[str, object]) -> Layout | None:
    """The layout that has a tile for each of these districts, if there is one."""
    if not districts:
        return None
    return next((layout for layout in LAYOUTS if set(districts) <= set(layout)), None)
