"""Why a pasted text is not taken as an account, and what to do, in Indonesian."""

from dataclasses import dataclass, field


def _(text: str) -> str:
    """Marks a sentence for the translators; whoever shows it translates it."""
    return text


@dataclass(frozen=True)
class Reason:
    what: str
    next_step: str


REASONS: dict[str, Reason] = {
    "empty": Reason(
        _("Tautan atau nama akun belum diisi."),
        _("Tempel tautan halaman akunnya, atau ketik namanya."),
    ),
    "too-long": Reason(
        _("Teks ini terlalu panjang untuk sebuah tautan akun."),
        _("Tempel satu tautan saja."),
    ),
    "spaces": Reason(
        _("Ada spasi atau baris baru di dalam tautan atau nama akun."),
        _("Tempel satu tautan saja, tanpa keterangan lain."),
    ),
    "hidden-letter": Reason(
        _("Ada tanda yang tidak terlihat (%(letter)s) di dalam teks ini."),
        _("Ketik ulang nama akunnya dengan tangan; jangan disalin."),
    ),
    "strange-letter": Reason(
        _("Huruf “%(letter)s” (%(name)s) bukan huruf Latin biasa, walau mungkin tampak sama."),
        _("Cocokkan dengan halaman resmi OPD, lalu ketik ulang nama akunnya dengan tangan."),
    ),
    "strange-sign": Reason(
        _("Tanda “%(letter)s” tidak dipakai dalam tautan akun."),
        _("Buka akunnya di peramban, lalu salin alamatnya dari sana."),
    ),
    "scheme": Reason(
        _("Alamat yang dimulai dengan “%(scheme)s:” bukan tautan akun."),
        _("Pakai tautan yang dimulai dengan https://."),
    ),
    "userinfo": Reason(
        _("Tautan ini menipu: yang dibuka sebenarnya %(host)s, bukan yang tertulis sebelum @."),
        _("Jangan dibuka. Laporkan ke Diskominfotik bila Anda menerimanya dari orang lain."),
    ),
    "port": Reason(
        _("Tautan ini memakai nomor port (“:%(port)s”), yang tidak dipakai jejaring sosial."),
        _("Buka akunnya di aplikasi resminya, lalu salin tautannya dari sana."),
    ),
    "punycode": Reason(
        _("Nama situs “%(host)s” memuat huruf bukan Latin yang disamarkan (xn--)."),
        _("Jangan dibuka. Cari akunnya di aplikasi resminya, lalu salin tautannya."),
    ),
    "lookalike-host": Reason(
        _("Situs “%(host)s” menyerupai %(like)s, tetapi bukan situsnya."),
        _("Jangan masuk (login) di sana. Salin tautan dari aplikasi resminya."),
    ),
    "other-host": Reason(
        _("“%(host)s” bukan situs dari jejaring yang dikenal di sini."),
        _("Tempel tautan dari salah satu dari sebelas jejaring yang didukung."),
    ),
    "bad-host": Reason(
        _("“%(host)s” bukan nama situs yang sah."),
        _("Buka akunnya di peramban, lalu salin alamatnya dari sana."),
    ),
    "other-network": Reason(
        _("Tautan ini milik %(network)s, bukan jejaring yang dipilih."),
        _("Pilih %(network)s, atau tempel tautan yang sesuai."),
    ),
    "redirect": Reason(
        _("Ini tautan pengalih lewat %(host)s; tujuannya tidak tampak."),
        _("Buka akunnya, lalu salin alamatnya dari halaman akun itu."),
    ),
    "short-link": Reason(
        _("Ini tautan pendek (%(host)s); tujuannya tidak tampak dan dapat berubah."),
        _("Buka tautannya, lalu salin alamat halaman akun yang muncul."),
    ),
    "link-page": Reason(
        _("Ini halaman kumpulan tautan (%(host)s), bukan akun media sosial."),
        _("Daftarkan tiap akun di dalamnya satu per satu."),
    ),
    "post": Reason(
        _("Ini tautan sebuah kiriman (post), bukan halaman akun."),
        _("Buka nama akun di atas kiriman itu, lalu salin alamat halaman akunnya."),
    ),
    "not-an-account": Reason(
        _("Ini halaman bagian lain dari %(network)s, bukan halaman akun."),
        _("Buka halaman akunnya, lalu salin alamatnya."),
    ),
    "group": Reason(
        _("Ini grup atau undangan, bukan akun resmi."),
        _("Daftarkan halaman atau kanal resminya; grup tidak didaftarkan."),
    ),
    "phone-number": Reason(
        _("Ini nomor WhatsApp, bukan saluran (channel)."),
        _("Tempel tautan salurannya: whatsapp.com/channel/… Nomor telepon tidak didaftarkan."),
    ),
    "person": Reason(
        _("Ini profil pribadi seseorang, bukan akun OPD."),
        _("Daftarkan halaman OPD-nya: linkedin.com/company/…"),
    ),
    "no-account": Reason(
        _("Tautan ini baru alamat %(network)s; nama akunnya belum ada."),
        _("Buka halaman akunnya, lalu salin alamat lengkapnya."),
    ),
    "no-network": Reason(
        _("Nama “%(handle)s” dapat ada di beberapa jejaring."),
        _("Pilih jejaringnya, atau tempel tautan lengkapnya."),
    ),
    "email": Reason(
        _("Ini tampak seperti alamat surel."),
        _("Bila ini akun Mastodon, tulis @nama@server atau pilih Mastodon."),
    ),
    "bad-handle": Reason(
        _("“%(handle)s” tidak mungkin nama akun %(network)s: %(rule)s."),
        _("Periksa ejaannya di halaman akunnya."),
    ),
    "reserved": Reason(
        _("“%(handle)s” adalah alamat bagian %(network)s sendiri, bukan nama akun."),
        _("Buka halaman akunnya, lalu salin alamatnya."),
    ),
    "needs-at": Reason(
        _("Tautan akun %(network)s selalu memakai @ sebelum nama."),
        _("Tulis misalnya %(example)s."),
    ),
    "unclear-kind": Reason(
        _("Alamat YouTube ini tidak menunjukkan jenisnya (@nama, channel/UC…, c/, atau user/)."),
        _("Buka kanalnya, lalu salin alamat yang memakai @."),
    ),
    "remote-view": Reason(
        _("Ini akun dari server lain yang dilihat lewat %(host)s."),
        _("Buka akunnya di server asalnya, lalu salin alamatnya, atau tulis @nama@server."),
    ),
}


@dataclass(eq=False)
class HandleRefused(ValueError):
    """Text that is not taken as an account.

    `what` and `next_step` are sentences to translate and then to fill with `% values`.
    """

    code: str
    values: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(self.code)

    @property
    def what(self) -> str:
        return REASONS[self.code].what

    @property
    def next_step(self) -> str:
        return REASONS[self.code].next_step

    @property
    def reason(self) -> str:
        """Both sentences in Indonesian, filled in."""
        return f"{self.what} {self.next_step}" % self.values

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


def refuse(code: str, **values: str) -> HandleRefused:
    return HandleRefused(code, values)
