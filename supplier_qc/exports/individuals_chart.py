"""An individuals chart as SVG: lots in order, baseline limits, the specification apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One lot. `value` is None where nothing could be drawn (a text, a censored value)."""

    label: str
    value: float | None
    is_baseline: bool
    is_new: bool
    signal: str | None


@dataclass(frozen=True, slots=True)
class IndividualsChart:
    """Values and limits in `unit`; limits are None where they are not defined."""

    title: str
    unit: str
    points: Sequence[ChartPoint]
    centre: float | None
    lower_control: float | None
    upper_control: float | None
    lower_specification: float | None
    upper_specification: float | None


_INK = "#1f2933"
_QUIET = "#6b7780"
_ACCENT = "#0b5c8c"
_WARN = "#b3261e"


def individuals_chart_svg(chart: IndividualsChart) -> bytes:
    """The picture; the same chart gives the same bytes.

    Control limits are solid and labelled CL, LCL, UCL; specification limits are dashed and
    labelled "spec": they are never mixed. Points that a rule names are squares with a ring.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(CHART_STYLE):
        figure = Figure(figsize=(9.6, 3.9), layout="constrained")
        axes = figure.subplots()
        _draw_points(axes, chart.points, chart.centre)
        _draw_lines(axes, chart)
        _label_axes(axes, chart)
        content = BytesIO()
        figure.savefig(content, format="svg", metadata={"Date": None, "Title": chart.title})
    return content.getvalue()


CHART_STYLE: Any = {
    "svg.hashsalt": "supplier-qc",
    "svg.fonttype": "path",
    "font.size": 9,
    "font.family": "DejaVu Sans",
    "axes.edgecolor": _QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _QUIET,
    "ytick.color": _QUIET,
}


def _draw_lines(axes: Any, chart: IndividualsChart) -> None:
    lines = [
        (f"{name} {height:.4g}", height, colour, style, width)
        for name, height, colour, style, width in (
            ("CL", chart.centre, _ACCENT, "-", 1.0),
            ("LCL", chart.lower_control, _ACCENT, "-", 1.4),
            ("UCL", chart.upper_control, _ACCENT, "-", 1.4),
            ("spec", chart.lower_specification, _QUIET, (0, (5, 3)), 1.2),
            ("spec", chart.upper_specification, _QUIET, (0, (5, 3)), 1.2),
        )
        if height is not None
    ]
    for _, height, colour, style, width in lines:
        axes.axhline(height, color=colour, linestyle=style, linewidth=width, zorder=1)
    axes.autoscale_view()
    right = len(chart.points) + 0.6
    low, high = axes.get_ylim()
    places = spread([line[1] for line in lines], (high - low) * _LABEL_HEIGHT)
    for (text, _, colour, _, _), place in zip(lines, places, strict=True):
        axes.annotate(
            text,
            (right, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            annotation_clip=False,
        )


_LABEL_HEIGHT = 0.052
"""Height of a line of text as a share of the drawing's height."""


def spread(heights: Sequence[float], least: float) -> list[float]:
    """The heights, moved apart where two are closer than `least`, in their order."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = list(heights)
    for _ in order:  # each round settles at least one pair
        for lower, upper in pairwise(order):
            lack = least - (placed[upper] - placed[lower])
            if lack > 0:
                placed[lower] -= lack / 2
                placed[upper] += lack / 2
    return placed


def _draw_points(axes: Any, points: Sequence[ChartPoint], centre: float | None) -> None:
    drawn = list(enumerate(points, start=1))
    _connect(axes, drawn)
    labelled = _labelled(drawn, centre)
    for number, point in drawn:
        if point.value is None:
            continue
        colour = _WARN if point.signal else _INK
        axes.plot(
            number,
            point.value,
            marker=("D" if point.is_new else "s" if point.signal else "o"),
            markersize=8 if point.is_new else 5.5,
            markerfacecolor="white" if point.is_baseline else colour,
            markeredgecolor=colour,
            markeredgewidth=1.4,
            zorder=3,
        )
        if point.is_new or number in labelled:
            axes.annotate(
                point.label,
                (number, point.value),
                xytext=(0, 9),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=colour,
            )


def _labelled(drawn: Sequence[tuple[int, ChartPoint]], centre: float | None) -> set[int]:
    """Numbers of the points whose lot is written beside them: the farthest signals, few enough
    to stay readable; the table names all of them.
    """
    signals = [(number, p.value) for number, p in drawn if p.signal and p.value is not None]
    middle = centre or 0.0
    farthest = sorted(signals, key=lambda signal: -abs(signal[1] - middle))
    return {number for number, _ in farthest[:_MOST_LABELS]}


_MOST_LABELS = 3


def _connect(axes: Any, drawn: Sequence[tuple[int, ChartPoint]]) -> None:
    """A thin line through neighbours; a lot without a value leaves a gap."""
    values = [point.value if point.value is not None else float("nan") for _, point in drawn]
    numbers = [number for number, _ in drawn]
    axes.plot(numbers, values, color=_QUIET, linewidth=0.8, zorder=2)


def _label_axes(axes: Any, chart: IndividualsChart) -> None:
    count = len(chart.points)
    axes.set_xlim(0.4, count + 0.6)
    every = max(1, -(-count // 20))
    shown = range(0, count, every)
    axes.set_xticks([index + 1 for index in shown])
    axes.set_xticklabels(
        [chart.points[index].label for index in shown], rotation=50, ha="right", fontsize=7.5
    )
    axes.set_ylabel(f"{chart.title} ({chart.unit})" if chart.unit else chart.title)
    axes.margins(y=0.12)
    axes.grid(axis="y", color="#e4e7eb", linewidth=0.6)
    axes.set_axisbelow(True)
