"""Windows' own way to a USB printer that answers: the device path of its printing class.

The path is opened like a file and read and written with a limit, which Windows allows for files
opened "overlapped" only (learn.microsoft.com, "Synchronous and Asynchronous I/O"). Structures and
constants are those of the headers ``setupapi.h``, ``minwinbase.h`` and ``usbprint.h``.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Protocol
from uuid import UUID

from counter.errors import NoPrinter, PrinterSilent

USBPRINT = UUID("28d78fad-5a12-11d1-ae5b-0000f803a8c2")
"""GUID_DEVINTERFACE_USBPRINT."""

_CHUNK = 4096
_SEND_S = 10.0


class Guid(ctypes.Structure):
    """GUID; its first three parts are little-endian, as ``UUID.bytes_le`` has them."""

    _fields_ = (("octets", ctypes.c_ubyte * 16),)


class InterfaceData(ctypes.Structure):
    """SP_DEVICE_INTERFACE_DATA."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("guid", Guid),
        ("flags", ctypes.c_uint32),
        ("reserved", ctypes.c_void_p),
    )


class Overlapped(ctypes.Structure):
    """OVERLAPPED: one reading or writing under way."""

    _fields_ = (
        ("internal", ctypes.c_void_p),
        ("internal_high", ctypes.c_void_p),
        ("offset", ctypes.c_uint32),
        ("offset_high", ctypes.c_uint32),
        ("event", ctypes.c_void_p),
    )


DETAIL_SIZE = 8 if ctypes.sizeof(ctypes.c_void_p) == 8 else 6
"""What SP_DEVICE_INTERFACE_DETAIL_DATA_W must say of itself; its text begins after four bytes."""


class Operation(Protocol):
    """One reading or writing under way; what it uses stays alive as long as this."""

    def wait(self, limit_s: float) -> bool:
        """Return whether it came to its end within *limit_s* seconds."""

    def result(self) -> int:
        """Return how many bytes went; waits for the end. Raises OSError when it failed."""

    def cancel(self) -> None:
        """Give it up; ``result`` then tells what went before."""


class DevicePath(Protocol):
    """An open device path."""

    def write(self, content: bytes) -> Operation:
        """Begin to write *content*. Raises OSError when nothing can be written."""

    def read(self, buffer: ctypes.Array[ctypes.c_char]) -> Operation:
        """Begin to read into *buffer*. Raises OSError when nothing can be read."""

    def close(self) -> None:
        """Close it."""


class WindowsUsbWire:
    """A printer behind a device path; a ``devices.paper.wires.Wire``."""

    may_be_mute = True

    def __init__(self, path: DevicePath, *, send_s: float = _SEND_S) -> None:
        self._path = path
        self._send_s = send_s

    def send(self, content: bytes) -> None:
        """Hand over all of *content*, each part within a limit."""
        try:
            rest = content
            while rest:
                operation = self._path.write(rest[:_CHUNK])
                if not operation.wait(self._send_s):
                    operation.cancel()
                    operation.result()
                    raise PrinterSilent
                taken = operation.result()
                if not taken:
                    raise PrinterSilent
                rest = rest[taken:]
        except OSError as error:
            raise PrinterSilent from error

    def receive(self, limit_s: float) -> bytes:
        """Wait for an answer; a printer without a way back has none."""
        buffer = ctypes.create_string_buffer(_CHUNK)
        try:
            operation = self._path.read(buffer)
        except OSError:  # a printer that can only be written to
            return b""
        try:
            if not operation.wait(limit_s):
                operation.cancel()
            count = operation.result()  # before the buffer is looked at
            return buffer.raw[:count]
        except OSError as error:
            raise PrinterSilent from error

    def close(self) -> None:
        """Close the path."""
        self._path.close()


if sys.platform == "win32":
    from ctypes import wintypes

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _setup = ctypes.WinDLL("setupapi", use_last_error=True)
    _kernel.CreateFileW.restype = wintypes.HANDLE
    _kernel.CreateFileW.argtypes = (
        *(wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID),
        *(wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE),
    )
    _kernel.CreateEventW.restype = wintypes.HANDLE
    _kernel.CreateEventW.argtypes = (
        *(wintypes.LPVOID, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR),
    )
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
    for _function in (_kernel.ReadFile, _kernel.WriteFile):
        _function.argtypes = (
            *(wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD, wintypes.LPDWORD),
            ctypes.POINTER(Overlapped),
        )
    _kernel.CancelIoEx.argtypes = (wintypes.HANDLE, ctypes.POINTER(Overlapped))
    _kernel.GetOverlappedResult.argtypes = (
        *(wintypes.HANDLE, ctypes.POINTER(Overlapped), wintypes.LPDWORD, wintypes.BOOL),
    )
    _setup.SetupDiGetClassDevsW.restype = wintypes.HANDLE
    _setup.SetupDiGetClassDevsW.argtypes = (
        *(ctypes.POINTER(Guid), wintypes.LPCWSTR, wintypes.HWND, wintypes.DWORD),
    )
    _setup.SetupDiEnumDeviceInterfaces.argtypes = (
        *(wintypes.HANDLE, wintypes.LPVOID, ctypes.POINTER(Guid), wintypes.DWORD),
        ctypes.POINTER(InterfaceData),
    )
    _setup.SetupDiGetDeviceInterfaceDetailW.argtypes = (
        *(wintypes.HANDLE, ctypes.POINTER(InterfaceData), wintypes.LPVOID, wintypes.DWORD),
        *(wintypes.LPDWORD, wintypes.LPVOID),
    )
    _setup.SetupDiDestroyDeviceInfoList.argtypes = (wintypes.HANDLE,)

    _NO_HANDLE = wintypes.HANDLE(-1).value
    _READ_AND_WRITE = 0x80000000 | 0x40000000
    _SHARED = 0x1 | 0x2
    _OPEN_EXISTING = 3
    _OVERLAPPED = 0x40000000
    _IO_PENDING = 997
    _ABORTED = 995
    _PRESENT_INTERFACES = 0x2 | 0x10

    def _failure() -> OSError:
        return ctypes.WinError(ctypes.get_last_error())

    def printer_paths() -> list[str]:
        """Return the device path of every USB printer that is plugged in."""
        guid = Guid((ctypes.c_ubyte * 16)(*USBPRINT.bytes_le))
        devices = _setup.SetupDiGetClassDevsW(guid, None, None, _PRESENT_INTERFACES)
        if devices == _NO_HANDLE:
            return []
        found = []
        try:
            data = InterfaceData(size=ctypes.sizeof(InterfaceData))
            place = 0
            while _setup.SetupDiEnumDeviceInterfaces(devices, None, guid, place, data):
                found.append(_path_of(devices, data))
                place += 1
        finally:
            _setup.SetupDiDestroyDeviceInfoList(devices)
        return [path for path in found if path]

    def _path_of(devices: int, data: InterfaceData) -> str:
        needed = wintypes.DWORD()
        _setup.SetupDiGetDeviceInterfaceDetailW(devices, data, None, 0, needed, None)
        detail = ctypes.create_string_buffer(max(needed.value, DETAIL_SIZE))
        ctypes.memmove(detail, DETAIL_SIZE.to_bytes(4, "little"), 4)
        if not _setup.SetupDiGetDeviceInterfaceDetailW(devices, data, detail, needed, None, None):
            return ""
        return detail.raw[4:].decode("utf-16-le").split("\0", 1)[0]

    class _Under:
        """An ``Operation`` of the kernel."""

        def __init__(self, handle: int, buffer: object) -> None:
            self._handle = handle
            self._buffer = buffer
            event = _kernel.CreateEventW(None, True, False, None)
            if not event:
                raise _failure()
            self.overlapped = Overlapped(event=event)

        def begun(self, done: int) -> _Under:
            """Go on when the call succeeded or is under way."""
            if not done and ctypes.get_last_error() != _IO_PENDING:
                error = _failure()
                _kernel.CloseHandle(self.overlapped.event)
                raise error
            return self

        def wait(self, limit_s: float) -> bool:
            """Return whether it came to its end in time."""
            answer = _kernel.WaitForSingleObject(self.overlapped.event, int(limit_s * 1000))
            return bool(answer == 0)

        def cancel(self) -> None:
            """Give it up."""
            _kernel.CancelIoEx(self._handle, self.overlapped)

        def result(self) -> int:
            """Return how many bytes went."""
            count = wintypes.DWORD()
            done = _kernel.GetOverlappedResult(self._handle, self.overlapped, count, True)
            error = None if done or ctypes.get_last_error() == _ABORTED else _failure()
            _kernel.CloseHandle(self.overlapped.event)
            if error is not None:
                raise error
            return count.value

    class OpenPath:
        """A ``DevicePath`` of the kernel."""

        def __init__(self, path: str) -> None:
            handle = _kernel.CreateFileW(
                path, _READ_AND_WRITE, _SHARED, None, _OPEN_EXISTING, _OVERLAPPED, None
            )
            if handle == _NO_HANDLE:
                raise _failure()
            self._handle = handle

        def write(self, content: bytes) -> _Under:
            """Begin to write."""
            under = _Under(self._handle, content)
            return under.begun(
                _kernel.WriteFile(self._handle, content, len(content), None, under.overlapped)
            )

        def read(self, buffer: ctypes.Array[ctypes.c_char]) -> _Under:
            """Begin to read."""
            under = _Under(self._handle, buffer)
            return under.begun(
                _kernel.ReadFile(self._handle, buffer, len(buffer), None, under.overlapped)
            )

        def close(self) -> None:
            """Close it."""
            _kernel.CloseHandle(self._handle)

    def open_usb(path: str) -> WindowsUsbWire:
        """Open the way to the printer behind *path*.

        Raises:
            NoPrinter: It was pulled out, or another program has it for itself.
        """
        try:
            return WindowsUsbWire(OpenPath(path))
        except OSError as error:
            raise NoPrinter from error
