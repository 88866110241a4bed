"""Where each result is to go, where that is not over the desk; inside one transaction."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.returning import AT_THE_DESK, ReturnTo, ReturnWay
from counter.store.tables import Base, DossierRow


class ReturnWishRow(Base):
    """One wish; a dossier without a row is fetched at the desk."""

    __tablename__ = "return_wish"
    __table_args__ = (CheckConstraint("way IN ('post', 'online')", name="way"),)
    dossier: Mapped[int] = mapped_column(
        ForeignKey("dossier.row"), primary_key=True, autoincrement=False
    )
    way: Mapped[str] = mapped_column(index=True)
    receiver: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


def put(session: Session, row: DossierRow, wish: ReturnTo) -> None:
    """Keep where the result of a dossier is to go."""
    if wish.way is ReturnWay.DESK:
        return
    session.add(
        ReturnWishRow(
            dossier=row.row,
            way=wish.way.value,
            receiver=wish.receiver,
            phone=wish.phone,
            address=wish.address,
        )
    )


def of(session: Session, row: DossierRow) -> ReturnTo:
    """Return where the result is to go; by post with receiver, telephone and address filled.

    What was left empty is the applicant's, as it stands now.
    """
    kept = session.get(ReturnWishRow, row.row)
    if kept is None:
        return AT_THE_DESK
    return filled(
        row,
        ReturnTo(
            ReturnWay(kept.way), receiver=kept.receiver, phone=kept.phone, address=kept.address
        ),
    )


def filled(row: DossierRow, wish: ReturnTo) -> ReturnTo:
    """Return *wish* as ``of`` tells it, without asking the database."""
    if wish.way is not ReturnWay.POST:
        return ReturnTo(wish.way)
    return ReturnTo(
        ReturnWay.POST,
        receiver=wish.receiver or row.applicant_name,
        phone=wish.phone or row.phone or "",
        address=wish.address or row.address or "",
    )


def post_address(session: Session, row: DossierRow) -> ReturnTo:
    """Return where the post would bring the result, also of a dossier that asked for no post."""
    wish = of(session, row)
    if wish.way is ReturnWay.POST:
        return wish
    return ReturnTo(ReturnWay.POST, row.applicant_name, row.phone or "", row.address or "")
