"""What the law wants of a dossier before something is done to it."""

from __future__ import annotations

from counter.errors.families import Refused


class UnknownProcedure(Refused):
    """No procedure in force has this code."""

    code = "desk.unknown_procedure"


class PaperMissing(Refused):
    """A paper that the procedure demands was not ticked."""

    code = "desk.paper_missing"


class BadDocument(Refused):
    """The number of a passport or another paper has another form."""

    code = "value.document"


class BadTaxCode(Refused):
    """A tax code has another form, or its check digit does not fit."""

    code = "value.tax_code"


class SubmitterUnproven(Refused):
    """Somebody brings another's dossier and no paper that authorises was named."""

    code = "desk.submitter_unproven"


class DeclarationOpen(Refused):
    """A declaration was made on screen and something that must be answered is not."""

    code = "desk.declaration_open"


class DeclarationWrong(Refused):
    """An answer of a declaration cannot be one: no such day, no number, none of the choices."""

    code = "desk.declaration_wrong"


class WrongStep(Refused):
    """A dossier in this state cannot go to that one."""

    code = "desk.wrong_step"


class ReceivedAgain(Refused):
    """The people of a voided dossier were taken up already; ``anew`` says what became of them."""

    code = "desk.received_again"


class WrongActor(Refused):
    """This step of a dossier is not this person's to take."""

    code = "desk.wrong_actor"


class NobodyTakesOver(Refused):
    """Who should take dossiers over is no officer who may process them."""

    code = "desk.nobody_takes_over"


class NothingToReassign(Refused):
    """No open dossier of those that should go to somebody else."""

    code = "desk.nothing_to_reassign"


class ReasonNeeded(Refused):
    """An act that must say why was asked for without a reason."""

    code = "desk.reason_needed"


class PapersNeeded(Refused):
    """A supplement was asked for, or taken, without naming a paper."""

    code = "desk.papers_needed"


class AskedBefore(Refused):
    """Papers were asked for once already, and no cause for a second time was given."""

    code = "desk.asked_before"


class SupplementNotOverdue(Refused):
    """The citizen still has time to bring what was asked for."""

    code = "desk.supplement_not_overdue"


class UnitNeeded(Refused):
    """A hand-over did not say to which unit."""

    code = "desk.unit_needed"


class ReceiverNotChecked(Refused):
    """Nobody compared the papers of the person who fetches the result."""

    code = "desk.receiver_not_checked"


class AuthorisationNeeded(Refused):
    """Somebody else fetches the result and no authorisation was named."""

    code = "desk.authorisation_needed"


class CarrierNeeded(Refused):
    """Results go to the post and nobody of the post is named."""

    code = "desk.carrier_needed"


class PostAddressNeeded(Refused):
    """A result cannot go by post: the dossier lacks an address or a telephone number."""

    code = "desk.post_address"


class SlipMissing(Refused):
    """Neither the receipt was taken back nor an undertaking for a lost one signed."""

    code = "desk.slip_missing"


class SignatureMissing(Refused):
    """The person who fetches the result did not sign for it."""

    code = "desk.signature_missing"


class LeaderNeeded(Refused):
    """A leader's decision was noted without the leader's name or the number of the paper."""

    code = "desk.leader_needed"


class ConfirmationNeeded(Refused):
    """Only a leader decides this, and none signed in for it."""

    code = "desk.confirmation_needed"


class LateTimeWrong(Refused):
    """A paper receipt cannot be of this moment: it lies ahead, or more than thirty days ago."""

    code = "desk.late_time"


class PaperKeyed(Refused):
    """A paper receipt of this number was keyed before."""

    code = "desk.paper_keyed"


class NothingToCorrect(Refused):
    """A correction says what stands there already."""

    code = "desk.nothing_to_correct"


class LetterWaits(Refused):
    """A letter of this dossier already waits for the leader."""

    code = "desk.letter_waits"


class NoLetter(Refused):
    """No letter of this dossier waits for the leader."""

    code = "desk.no_letter"


class ExtendedBefore(Refused):
    """The time was extended once already."""

    code = "desk.extended_before"


class TooLate(Refused):
    """A return noted by mistake can be taken back on the same day only."""

    code = "desk.too_late"


class UnknownGuidance(Refused):
    """No guidance on this desk has this number."""

    code = "desk.unknown_guidance"


class SeveralPeople(Refused):
    """More than one person of the desk's dossiers has the name and birth date that were asked."""

    code = "data.several_people"


class OrganisationsDossier(Refused):
    """A citizen's data is wanted by a dossier whose applicant is an organisation."""

    code = "data.organisation"


class UnknownDossier(Refused):
    """No dossier on this desk has this code."""

    code = "desk.unknown_dossier"


class UnknownMessage(Refused):
    """The message was settled meanwhile, or what the portal has is not known here yet."""

    code = "desk.unknown_message"


class DueDateNeeded(Refused):
    """The procedure sets no time limit; the officer must give the due date."""

    code = "desk.due_date_needed"


class DayPassed(Refused):
    """Papers are asked for until a day that is over already."""

    code = "desk.day_passed"


class DaysReversed(Refused):
    """The last day of a span is before its first."""

    code = "desk.days_reversed"


class DayNotLater(Refused):
    """An apology names no day after the one that was promised, or none was promised."""

    code = "desk.day_not_later"
