"""The issuers of chip cards that a desk trusts: certificates and revocation lists in its folder.

One file for each, named by its fingerprint, and ``index.json`` with what must be known to find
the right one; with hundreds of issuers only those that a card names are opened. Nothing is
trusted that nobody imported.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import crl, x509

from counter.cards import Issuer, IssuerEntry, IssuerKind, RejectedEntry
from counter.errors import BadTrustFile, OlderBundle, StoreReadOnly, UnknownCertificate
from counter.folder import one_at_a_time
from counter.outside import read_outside
from devices.card.bundle import Bundle, find_bundle
from devices.card.issuers import (
    IssuerFile,
    has_usable_key,
    is_crl_of,
    is_issued_by,
    key_sha256_of,
    may_issue,
    read_issuer_file,
    sha256_of,
)

logger = logging.getLogger(__name__)

INDEX = "index.json"
INSTALLED = "bundle.json"
LOCK = "lock"


class NoAnchors:
    """A desk that trusts nobody yet: every issuer is unknown to it."""

    def judge(self, signer: x509.Certificate, moment: datetime | None) -> Issuer:
        """Say how *signer* stands."""
        return Issuer.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Known:
    """One line of the index.

    Attributes:
        name: Of the issuer, in a form that can be compared.
    """

    entry: IssuerEntry
    name: str


_Lines = Sequence[_Known]
_Rejected = Sequence[RejectedEntry]


@dataclass(frozen=True, slots=True)
class _Installed:
    """The province's bundle that was installed last.

    Attributes:
        brought: Fingerprints that are here because of it; what was here before is not its own.
    """

    serial: int = 0
    sha256: str = ""
    brought: frozenset[str] = frozenset()


class TrustStore:
    """Keeps what was imported and judges signers by it.

    The folder is read anew for each question, so that an import is known to a reader at once.

    Args:
        signers: Fingerprints of the certificates that may sign a bundle.
        unwanted: SHA-256 of public keys that are never taken in.
    """

    def __init__(
        self, folder: Path, signers: Collection[str] = (), *, unwanted: Collection[str] = ()
    ) -> None:
        self._folder = folder
        self._signers = signers
        self._unwanted = unwanted

    @property
    def is_untouched(self) -> bool:
        """Whether nobody ever imported or removed anything."""
        return not (self._folder / INDEX).exists()

    def list(self) -> tuple[IssuerEntry, ...]:
        """Return everything the desk trusts, by country and name."""
        entries = [known.entry for known in self._index()]
        return tuple(sorted(entries, key=lambda e: (e.country, e.subject, e.not_before)))

    def import_file(self, path: Path) -> tuple[int, tuple[RejectedEntry, ...]]:
        """Take in the certificates or revocation lists of a file, or a province's bundle.

        Returns:
            How many were new, and those that were not taken. Taking one in twice changes nothing.

        Raises:
            BadTrustFile: It holds nothing of the kind, or a list or bundle that was changed.
            BundleNotVouched: A bundle by somebody whom the settings do not name.
            OlderBundle: A bundle that a later one has replaced already.
            StoreReadOnly: The folder cannot be written.
        """
        try:
            content = read_outside(path)
        except OSError as error:
            raise BadTrustFile(type(error).__name__) from error
        return self.import_bytes(content, path.name)

    def import_bytes(self, content: bytes, source: str) -> tuple[int, tuple[RejectedEntry, ...]]:
        """Take in what a file called *source* would bring; see ``import_file``."""
        bundle = find_bundle(content, self._signers)
        if bundle is None:
            brought = read_issuer_file(content)
            with self._changing():
                return self._take(brought, source)
        with self._changing():
            return self._install(bundle, source)

    def install_bundle(self, content: bytes, source: str) -> int:
        """Take in a bundle and nothing else; return how many entries were new.

        Raises:
            BadTrustFile, BundleNotVouched, OlderBundle, StoreReadOnly: As ``import_file`` says.
        """
        bundle = find_bundle(content, self._signers)
        if bundle is None:
            raise BadTrustFile("no bundle")
        with self._changing():
            return self._install(bundle, source)[0]

    def _install(self, bundle: Bundle, source: str) -> tuple[int, tuple[RejectedEntry, ...]]:
        """Let *bundle* take the place of the one before: what that brought and this lacks goes.

        The note of it is written first, so that an installation broken off is only repeated.
        """
        before, wanted = self._installed(), bundle.fingerprints
        if bundle.serial < before.serial or (
            bundle.serial == before.serial and bundle.sha256 != before.sha256
        ):
            raise OlderBundle(f"{bundle.serial} after {before.serial}")
        by_hand = {known.entry.sha256 for known in self._index()} - before.brought
        own = before.brought | (wanted - by_hand)
        self._note_installed(_Installed(bundle.serial, bundle.sha256, own))
        taken = self._take(bundle.brings, source)
        for sha256 in own - wanted:
            with suppress(UnknownCertificate):
                self._drop(sha256)
        self._note_installed(_Installed(bundle.serial, bundle.sha256, own & wanted))
        return taken

    def _take(self, brought: IssuerFile, source: str) -> tuple[int, tuple[RejectedEntry, ...]]:
        added, rejected = self._take_certificates(brought, source)
        newer, refused = self._take_crls(brought, source)
        return added + newer, (*rejected, *refused)

    def remove(self, sha256: str) -> None:
        """Trust the certificate or list with this fingerprint no more.

        Raises:
            UnknownCertificate: There is none.
        """
        with self._changing():
            self._drop(sha256.strip().replace(":", "").lower())

    def _drop(self, wanted: str) -> None:
        index = self._index()
        gone = [known for known in index if known.entry.sha256 == wanted]
        if not gone:
            raise UnknownCertificate
        self._write_index([known for known in index if known not in gone])
        with _writing():
            self._path(gone[0].entry).unlink(missing_ok=True)

    def judge(self, signer: x509.Certificate, moment: datetime | None) -> Issuer:
        """Say how *signer* stands when it signed at *moment*; None takes its first day.

        An issuer that has run out since is good for what was signed in its time. With a spoilt
        folder every issuer is unknown; listing it says what is wrong.
        """
        try:
            return self._judge(signer, moment or signer.not_valid_before)
        except BadTrustFile as error:
            logger.error("%s", error)
            return Issuer.UNKNOWN

    def _judge(self, signer: x509.Certificate, moment: datetime) -> Issuer:
        index = self._index()
        name = _name(signer.issuer)
        issuers = [
            found for found in self._certificates(index, name) if is_issued_by(signer, found)
        ]
        if not issuers:
            return Issuer.UNKNOWN
        for revoked in self._crls(index, name):
            serials = {one["user_certificate"].native for one in _revoked(revoked)}
            makers = [found for found in issuers if is_crl_of(revoked, found)]
            if makers and {signer.serial_number, *(m.serial_number for m in makers)} & serials:
                return Issuer.REVOKED
        if not _was_valid(signer, moment):
            return Issuer.EXPIRED
        if any(_was_valid(found, moment) for found in issuers):
            return Issuer.TRUSTED
        return Issuer.EXPIRED

    # Importing

    def _take_certificates(self, brought: IssuerFile, source: str) -> tuple[int, _Rejected]:
        index = {known.entry.sha256: known for known in self._index()}
        before = len(index)
        rejected = []
        # A link certificate may stand before the one that vouches for it.
        waiting = [c for c in brought.certificates if sha256_of(c) not in index]
        for certificate in sorted(waiting, key=_is_self_signed, reverse=True):
            reason = self._objection(certificate, list(index.values()), vouched=brought.vouched)
            if reason:
                rejected.append(RejectedEntry(certificate.subject.human_friendly, reason))
                continue
            known = _describe_certificate(certificate, source)
            self._write(known, certificate.dump())
            index[known.entry.sha256] = known
        self._write_index(list(index.values()))
        return len(index) - before, rejected

    def _objection(
        self, certificate: x509.Certificate, index: _Lines, *, vouched: bool
    ) -> str | None:
        if key_sha256_of(certificate) in self._unwanted:
            return "demonstration"
        if not vouched and not may_issue(certificate):
            return "not_an_issuer"
        if not has_usable_key(certificate):
            return "unknown_key"
        if vouched or _is_self_signed(certificate):
            return None
        older = self._certificates(index, _name(certificate.issuer))
        if any(is_issued_by(certificate, one) for one in older):
            return None
        return "wrong_signature" if certificate.self_issued else "unknown_issuer"

    def _take_crls(self, brought: IssuerFile, source: str) -> tuple[int, _Rejected]:
        added, rejected = 0, []
        for revoked in brought.crls:
            index = self._index()
            name = _name(revoked.issuer)
            if any(known.entry.sha256 == sha256_of(revoked) for known in index):
                continue
            known = _describe_crl(revoked, source)
            makers = [one for one in self._certificates(index, name) if is_crl_of(revoked, one)]
            before = [] if not makers else self._lists_of(makers, index, name)
            if not makers or any(k.entry.not_before >= known.entry.not_before for k in before):
                reason = "older" if makers else "unknown_issuer"
                rejected.append(RejectedEntry(known.entry.subject, reason))
                continue
            self._write(known, revoked.dump())
            self._write_index([*(k for k in index if k not in before), known])
            with _writing():
                for one in before:
                    self._path(one.entry).unlink(missing_ok=True)
            added += 1
        return added, rejected

    def _lists_of(self, makers: Sequence[x509.Certificate], index: _Lines, name: str) -> _Lines:
        """Return the revocation lists here that the same key made."""
        lists = [k for k in index if k.entry.kind is IssuerKind.CRL and k.name == name]
        return [k for k in lists if any(is_crl_of(self._load_crl(k), one) for one in makers)]

    # Files

    def _certificates(self, index: _Lines, name: str) -> Iterator[x509.Certificate]:
        """Yield the certificates whose subject is *name*; a file that was spoilt is left out."""
        for known in index:
            if known.name == name and known.entry.kind is not IssuerKind.CRL:
                content = self._read(known.entry)
                if content is not None:
                    yield x509.Certificate.load(content)

    def _crls(self, index: _Lines, name: str) -> Iterator[crl.CertificateList]:
        for known in index:
            if known.name == name and known.entry.kind is IssuerKind.CRL:
                yield self._load_crl(known)

    def _load_crl(self, known: _Known) -> crl.CertificateList:
        content = self._read(known.entry)
        if content is None:
            raise BadTrustFile(f"revocation list {known.entry.sha256[:8]} was spoilt")
        return crl.CertificateList.load(content)

    def _read(self, entry: IssuerEntry) -> bytes | None:
        """Return the file of *entry*, None when it is gone or not what it is named after."""
        try:
            content = self._path(entry).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == entry.sha256 else None

    def _path(self, entry: IssuerEntry) -> Path:
        suffix = "crl" if entry.kind is IssuerKind.CRL else "cer"
        return self._folder / f"{entry.sha256}.{suffix}"

    def _index(self) -> _Lines:
        try:
            lines = json.loads((self._folder / INDEX).read_text(encoding="utf-8"))
            return [_from_json(line) for line in lines]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BadTrustFile("the index of trusted issuers was spoilt") from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change the folder, alone: window, command and courier may all want to."""
        with _writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            with one_at_a_time(self._folder / LOCK):
                yield

    def _installed(self) -> _Installed:
        try:
            told = json.loads((self._folder / INSTALLED).read_text(encoding="utf-8"))
            return _Installed(told["serial"], told["sha256"], frozenset(told["brought"]))
        except FileNotFoundError:
            return _Installed()
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BadTrustFile("the note of the bundle was spoilt") from error

    def _note_installed(self, now: _Installed) -> None:
        told = {"serial": now.serial, "sha256": now.sha256, "brought": sorted(now.brought)}
        with _writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._folder / INSTALLED, json.dumps(told).encode("ascii"))

    def _write(self, known: _Known, content: bytes) -> None:
        with _writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._path(known.entry), content)

    def _write_index(self, index: _Lines) -> None:
        text = json.dumps([_to_json(known) for known in index], ensure_ascii=False, indent=1)
        with _writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._folder / INDEX, text.encode("utf-8"))


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreReadOnly(type(error).__name__) from error


def _replace(path: Path, content: bytes) -> None:
    """Write *path* whole or not at all."""
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _is_self_signed(certificate: x509.Certificate) -> bool:
    return is_issued_by(certificate, certificate)


def _was_valid(certificate: x509.Certificate, moment: datetime) -> bool:
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def _name(name: x509.Name) -> str:
    """Return a name so that spelling, case and string types do not matter."""
    return hashlib.sha256(name.hashable.encode("utf-8")).hexdigest()


def _revoked(revoked: crl.CertificateList) -> list[crl.RevokedCertificate]:
    return list(revoked["tbs_cert_list"]["revoked_certificates"] or ())


def _describe_certificate(certificate: x509.Certificate, source: str) -> _Known:
    kind = IssuerKind.CSCA if _is_self_signed(certificate) else IssuerKind.LINK
    entry = IssuerEntry(
        sha256=sha256_of(certificate),
        subject=certificate.subject.human_friendly,
        country=_country(certificate.subject),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        source=source,
        kind=kind,
    )
    return _Known(entry, _name(certificate.subject))


def _describe_crl(revoked: crl.CertificateList, source: str) -> _Known:
    told = revoked["tbs_cert_list"]
    entry = IssuerEntry(
        sha256=sha256_of(revoked),
        subject=revoked.issuer.human_friendly,
        country=_country(revoked.issuer),
        not_before=told["this_update"].native,
        not_after=told["next_update"].native,
        source=source,
        kind=IssuerKind.CRL,
    )
    return _Known(entry, _name(revoked.issuer))


def _country(name: x509.Name) -> str:
    told = name.native.get("country_name", "")
    return (told if isinstance(told, str) else told[0]).upper()


def _to_json(known: _Known) -> dict[str, str | None]:
    entry = known.entry
    return {
        "sha256": entry.sha256,
        "subject": entry.subject,
        "country": entry.country,
        "not_before": entry.not_before.isoformat(),
        "not_after": entry.not_after.isoformat() if entry.not_after else None,
        "source": entry.source,
        "kind": str(entry.kind),
        "name": known.name,
    }


def _from_json(line: dict[str, str]) -> _Known:
    entry = IssuerEntry(
        sha256=line["sha256"],
        subject=line["subject"],
        country=line["country"],
        not_before=datetime.fromisoformat(line["not_before"]),
        not_after=datetime.fromisoformat(line["not_after"]) if line["not_after"] else None,
        source=line["source"],
        kind=IssuerKind(line["kind"]),
    )
    return _Known(entry, line["name"])
