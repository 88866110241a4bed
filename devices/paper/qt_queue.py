"""A print queue of Windows, through Qt: each page is drawn as a picture by PDFium.

Needs no program that prints PDF, which Windows does not have. The same code prints to CUPS, where
it is tested; on Windows itself it has not been run.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from counter.errors import NoPrinter, PrinterFault

if TYPE_CHECKING:
    from pypdfium2 import PdfPage
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
"""Dots per inch of the pictures: bars of 0.375 mm are 4.4 dots wide."""


class QtQueue:
    """One queue, by the name Windows shows. A window's QGuiApplication must exist."""

    def __init__(self, name: str) -> None:
        self._name = name

    def check(self) -> None:
        """Ask whether the queue exists.

        Raises:
            NoPrinter: It does not.
            PrinterFault: Windows reports an error of it.
        """
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        if QGuiApplication.instance() is None:
            raise NoPrinter("Qt prints only where a window is")
        info = QPrinterInfo.printerInfo(self._name)
        if info.isNull():
            raise NoPrinter
        if info.state() == QPrinter.PrinterState.Error:
            raise PrinterFault

    def take(self, title: str, pdf: bytes, size: tuple[float, float]) -> None:
        """Give a paper to the queue, one-sided and not scaled.

        Args:
            title: Name of the job, seen by whoever looks at the queue; names no citizen.
            pdf: The paper.
            size: Width and height of its pages in points.

        Raises:
            NoPrinter: The queue does not exist.
            PrinterFault: The driver refuses the job.
        """
        import pypdfium2
        from PySide6.QtCore import QSizeF
        from PySide6.QtGui import QPageLayout, QPageSize, QPainter
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        self.check()
        printer = QPrinter(
            QPrinterInfo.printerInfo(self._name), QPrinter.PrinterMode.HighResolution
        )
        printer.setDocName(title)
        printer.setResolution(DPI)
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
        printer.setPageSize(QPageSize(QSizeF(*size), QPageSize.Unit.Point))
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        printer.setFullPage(True)
        painter = QPainter()
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            for number, page in enumerate(document):
                begun = painter.begin(printer) if number == 0 else printer.newPage()
                if not begun:
                    raise PrinterFault
                painter.drawImage(_paper_rect(printer), _picture(page))
            if not painter.end():
                raise PrinterFault


def _paper_rect(printer: QPrinter) -> QRectF:
    from PySide6.QtPrintSupport import QPrinter as Printer

    return printer.paperRect(Printer.Unit.DevicePixel)


def _picture(page: PdfPage) -> QImage:
    from PySide6.QtGui import QImage

    bitmap = page.render(scale=DPI / 72, grayscale=True)
    shape = (bitmap.width, bitmap.height, bitmap.stride)
    picture = QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_Grayscale8)
    return picture.copy()  # its own memory, not the bitmap's


def qt_queues() -> tuple[str, ...]:
    """Return the queues Windows has; none where no window is."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtPrintSupport import QPrinterInfo

    if QGuiApplication.instance() is None:
        return ()
    return tuple(QPrinterInfo.availablePrinterNames())
