from django.db import models

from kanal.mandates.models import Mandate


class BoardFigures(models.Model):
    """The counted figures of one large board, kept for a minute; small boards are always counted.

    See docs/decisions on the board. The row can be deleted at any time.
    """

    mandate = models.OneToOneField(
        Mandate, models.CASCADE, primary_key=True, related_name="figures"
    )
    day = models.DateField()
    counted_at = models.DateTimeField()
    counts = models.JSONField()

    def __str__(self) -> str:
        return f"{self.mandate_id}: {self.day}"
