"""How long paper takes, beside an empty page by the same library in the same run.

Run by name from the top of the house: ``python -m tests.benchmarks.bench_paper``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from statistics import quantiles
from time import perf_counter, process_time

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from counter.papers.law import RegisterFacts
from devices.paper.escpos import ticket_commands
from devices.paper.forms_pdf import receipt_pdf
from devices.paper.pdf import FONTS
from devices.paper.ticket import ticket_picture
from devices.paper.worded_pdf import worded_pdf
from tests.devices.paper.samples import RECEIPT, TICKET, receipt
from tests.devices.paper.worded_samples import PAPERS

ROUNDS = 60

_WORDED = next(paper for paper in PAPERS.values() if isinstance(paper.facts, RegisterFacts))
assert isinstance(_WORDED.facts, RegisterFacts)
REGISTER = replace(_WORDED, facts=replace(_WORDED.facts, lines=(_WORDED.facts.lines * 20)[:20]))


def empty_page() -> bytes:
    """Make a page with one word in one embedded font, the least a Vietnamese PDF can be."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont("Baseline", 10)
    canvas.drawString(72, 72, "Hồ sơ")
    canvas.save()
    return out.getvalue()


WORKS: dict[str, Callable[[], object]] = {
    "empty page (baseline)": empty_page,
    "receipt, 2 copies": lambda: receipt_pdf(RECEIPT),
    "receipt, 2 copies, 40 papers": lambda: receipt_pdf(receipt(papers=RECEIPT.papers * 20)),
    "register, 20 lines": lambda: worded_pdf(REGISTER),
    **{f"{name}": partial(worded_pdf, paper) for name, paper in PAPERS.items()},
    "ticket 80 mm": lambda: ticket_commands(ticket_picture(TICKET, 576)),
    "ticket 58 mm": lambda: ticket_commands(ticket_picture(TICKET, 384)),
}


def main() -> int:
    """Print p50 and p95 of each work in milliseconds, and p50 as a multiple of the baseline.

    ``own p95`` is the processor's time for that work alone, whatever else the machine does.
    """
    pdfmetrics.registerFont(TTFont("Baseline", str(FONTS / "LiberationSerif-Regular.ttf")))
    times: dict[str, list[float]] = {name: [] for name in WORKS}
    own: dict[str, list[float]] = {name: [] for name in WORKS}
    for number in range(ROUNDS + 5):  # in turns, so that all meet the same load
        for name, work in WORKS.items():
            began, spent = perf_counter(), process_time()
            work()
            if number >= 5:
                times[name].append((perf_counter() - began) * 1000)
                own[name].append((process_time() - spent) * 1000)
    base = quantiles(times["empty page (baseline)"], n=20)[9]
    sys.stdout.write(f"{'work':32}{'p50 ms':>9}{'p95 ms':>9}{'own p95':>9}{'x baseline':>12}\n")
    for name, spans in times.items():
        cuts = quantiles(spans, n=20)
        told = (cuts[9], cuts[18], quantiles(own[name], n=20)[18])
        sys.stdout.write(f"{name:32}{''.join(f'{t:9.1f}' for t in told)}{cuts[9] / base:12.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
