"""The facts of each kind of paper, all of them together."""

from __future__ import annotations

from counter.papers.catalogue import CatalogueFacts
from counter.papers.desk import (
    CashFacts,
    CertifiedBookFacts,
    CertifiedCopyFacts,
    CertifiedSignatureFacts,
    ChecklistFacts,
    CountFacts,
    DeclarationFacts,
    HandOverFacts,
    ManyFacts,
    NoticeFacts,
    PersonFacts,
    PostedFacts,
    ResultsBackFacts,
    ReturnFacts,
    SealFacts,
    ToPayFacts,
)
from counter.papers.form import Form
from counter.papers.law import (
    ApologyFacts,
    ControlFacts,
    RefusalFacts,
    RegisterFacts,
    StopFacts,
    SupplementFacts,
)

Facts = (
    SupplementFacts
    | RefusalFacts
    | ApologyFacts
    | StopFacts
    | ControlFacts
    | RegisterFacts
    | HandOverFacts
    | ResultsBackFacts
    | PostedFacts
    | ManyFacts
    | ReturnFacts
    | CashFacts
    | ToPayFacts
    | CertifiedCopyFacts
    | CertifiedSignatureFacts
    | CertifiedBookFacts
    | CountFacts
    | ChecklistFacts
    | DeclarationFacts
    | NoticeFacts
    | CatalogueFacts
    | PersonFacts
    | SealFacts
)
FACTS: dict[Form, type[Facts]] = {
    facts.form: facts
    for facts in (
        SupplementFacts,
        RefusalFacts,
        ApologyFacts,
        StopFacts,
        ControlFacts,
        RegisterFacts,
        HandOverFacts,
        ResultsBackFacts,
        PostedFacts,
        ManyFacts,
        ReturnFacts,
        CashFacts,
        ToPayFacts,
        CertifiedCopyFacts,
        CertifiedSignatureFacts,
        CertifiedBookFacts,
        CountFacts,
        ChecklistFacts,
        DeclarationFacts,
        NoticeFacts,
        CatalogueFacts,
        PersonFacts,
        SealFacts,
    )
}
"""The facts each form is made of; the receipt has a value and a setting of its own."""
