"""The way of a product to materials free of animal origin as SVG: a stacked bar for each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from supplier_qc.exports.individuals_chart import CHART_STYLE


@dataclass(frozen=True, slots=True)
class Band:
    """One class of materials: how many on each day, drawn in `colour` with a pattern of its own."""

    name: str
    counts: Sequence[int]
    colour: str
    hatch: str


@dataclass(frozen=True, slots=True)
class RoadmapChart:
    """`days` as they are labelled; those from `plan_from` on are days to come."""

    title: str
    days: Sequence[str]
    bands: Sequence[Band]
    plan_from: int


def roadmap_chart_svg(chart: RoadmapChart) -> bytes:
    """The picture; the same chart gives the same bytes. Patterns tell bands apart, not colour."""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    with mpl.rc_context(CHART_STYLE):
        figure = Figure(figsize=(9.6, 3.6), layout="constrained")
        axes = figure.subplots()
        _draw(axes, chart)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylabel("Materials")
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8)
        content = BytesIO()
        figure.savefig(content, format="svg", metadata={"Date": None, "Title": chart.title})
    return content.getvalue()


def _draw(axes: Any, chart: RoadmapChart) -> None:
    places = range(len(chart.days))
    below = [0] * len(chart.days)
    for band in chart.bands:
        axes.bar(
            places,
            band.counts,
            bottom=below,
            label=band.name,
            color=band.colour,
            hatch=band.hatch,
            edgecolor="white",
            linewidth=0.6,
            width=0.8,
        )
        below = [low + count for low, count in zip(below, band.counts, strict=True)]
    axes.set_xticks(places, chart.days, rotation=45, ha="right")
    if 0 < chart.plan_from < len(chart.days):
        axes.axvline(chart.plan_from - 0.5, color="#1f2933", linestyle=(0, (4, 3)), linewidth=1)
        axes.annotate(
            "by plan",
            (chart.plan_from - 0.45, 1.0),
            xycoords=("data", "axes fraction"),
            va="bottom",
            fontsize=8,
        )
