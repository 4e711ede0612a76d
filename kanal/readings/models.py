from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Government, Unit, User

# Read less surely than this a value is compared with its picture; a number has to be sure.
CERTAIN, DOUBTFUL = 0.95, 0.8


def is_doubted(confidence: float, *, is_number: bool) -> bool:
    return confidence < (CERTAIN if is_number else DOUBTFUL)


class State(models.TextChoices):
    WAITING = "waiting", _("Menunggu dibaca")
    DONE = "done", _("Sudah dibaca")
    FAILED = "failed", _("Gagal dibaca")


class Reading(models.Model):
    """One file read once for one office. What it says is a proposal, never a fact of the register.

    `document` is the JSON of `kanal read-letter`; `crops` names the kept picture of each fact.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    # None: whoever receives letters, before the office is known.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    # A copy of our own until it is read: the upload may be submitted or dropped meanwhile.
    kept_as = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    document = models.JSONField(default=dict)
    crops = models.JSONField(default=dict)
    # Of each signature in the file what was judged when it was read: see `signatures.judged`.
    signatures = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "unit", "sha256"],
                name="reading_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", done_at=None)
                | (~models.Q(state="waiting") & models.Q(done_at__isnull=False)),
                name="reading_done_when_it_is",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state="waiting"), name="reading_waiting"
            ),
            models.Index(fields=["government", "sha256"], name="reading_of_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def letters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document.get("letters", [])
        return found

    @property
    def verdict(self) -> str:
        return str(self.document.get("verdict", ""))

    @property
    def reasons(self) -> list[str]:
        return list(self.document.get("reasons", []))

    def confidence(self, field: str, letter: int = 0) -> float:
        """0..1 of `number`, `officers.0.nip` and so on; 0 where nothing was read."""
        return self._sureness(field, letter) or 0.0

    def is_doubted(self, field: str, letter: int = 0) -> bool:
        """Whether what was read of it is not sure; never of what carries no confidence."""
        sure = self._sureness(field, letter)
        return sure is not None and is_doubted(sure, is_number=field.endswith(".nip"))

    def _sureness(self, field: str, letter: int) -> float | None:
        sure: dict[str, float] = self.document.get("confidence", {})
        name = f"letters.{letter}.{field}" if len(self.letters) > 1 else field
        if not name.endswith(".name") or name not in sure:
            return sure.get(name)
        # Beside somebody's name a person also sees whether it stands on the right side.
        return min(sure[name], sure.get(f"{name.removesuffix('.name')}.side", 1.0))
