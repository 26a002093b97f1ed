"""How our own creators' engagement rates are spread, one row a cell. Derived: recomputed as a whole every week."""

from django.db import models
from django.db.models import F, Q

from creators.enums import ContentKind, Platform, Population, RateBasis, Tier


class BenchmarkCell(models.Model):
    """Percentiles, in percent, of the mean rates of `n` creators of one platform, tier and kind (blank: all)."""

    platform = models.CharField(max_length=12, choices=Platform)
    tier = models.CharField(max_length=8, choices=Tier)
    kind = models.CharField(max_length=8, choices=ContentKind, blank=True)
    basis = models.CharField(max_length=9, choices=RateBasis)
    population = models.CharField(max_length=5, choices=Population)
    n = models.PositiveIntegerField()
    mean = models.FloatField()
    p05 = models.FloatField()
    p25 = models.FloatField()
    p50 = models.FloatField()
    p75 = models.FloatField()
    p95 = models.FloatField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("platform", "tier", "kind", "population")
        constraints = [
            models.UniqueConstraint(
                fields=("platform", "tier", "kind", "basis", "population"),
                name="one_benchmark_cell_of_a_kind",
                violation_error_message="This cell is already there.",
            ),
            models.CheckConstraint(
                condition=Q(n__gte=1),
                name="benchmark_cell_rests_on_creators",
                violation_error_message="A cell needs at least one creator.",
            ),
            models.CheckConstraint(
                condition=Q(p05__gte=0, p05__lte=F("p25"), p25__lte=F("p50"), p50__lte=F("p75"), p75__lte=F("p95")),
                name="benchmark_percentiles_rise",
                violation_error_message="Percentiles rise from the fifth to the ninety-fifth.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.tier} {self.kind or 'all'} ({self.population}, {self.n})"
