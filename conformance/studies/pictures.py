"""What the studies' pictures share: a figure that is drawn the same again, and quiet axes."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@contextmanager
def picture(
    kind: str,
    size: tuple[float, float],
    padding: tuple[float, float] | None = None,
    title_size: int = 11,
    dpi: int = 110,
) -> "Iterator[tuple[Figure, io.BytesIO]]":
    """A figure of a size in inches to draw on, and what is filled with it afterwards as `kind`, svg or png.

    With a padding, in inches, its axes are laid out by matplotlib.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    style: Any = {"svg.hashsalt": "meter-privacy", "axes.titlesize": title_size, "axes.titleweight": "bold"}
    with matplotlib.rc_context(style):
        layout = ConstrainedLayoutEngine(w_pad=padding[0], h_pad=padding[1]) if padding else None
        figure = Figure(figsize=size, layout=layout)
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        yield figure, out
        figure.savefig(out, format=kind, dpi=dpi, metadata={"Date": None} if kind == "svg" else {})


def quiet(all_axes: Iterable[Any]) -> None:
    """A pale grid behind what is drawn, and no frame above and at the right."""
    for axes in all_axes:
        axes.grid(True, color="#e6e6e6", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
