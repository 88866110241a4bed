"""The state that issued a document, in the two letters its certificates use.

Machine-readable zones write three letters, certificates two (ISO 3166-1; ICAO Doc 9303-3, 5). A
trusted issuer may sign for its own state only: hundreds of them come with one master list.
"""

from __future__ import annotations

IRREGULAR = """
ABW:AW AGO:AO ALA:AX AND:AD ARE:AE ARM:AM ATA:AQ ATF:TF ATG:AG AUT:AT BDI:BI BEN:BJ
BES:BQ BGD:BD BHS:BS BIH:BA BLR:BY BLZ:BZ BRB:BB BRN:BN CAF:CF CHL:CL CHN:CN COD:CD
COG:CG COK:CK COM:KM CPV:CV CUW:CW CYM:KY DNK:DK ESH:EH EST:EE FLK:FK FRO:FO FSM:FM
GIN:GN GLP:GP GNB:GW GNQ:GQ GRD:GD GRL:GL GUF:GF GUY:GY IRL:IE IRQ:IQ ISR:IL JAM:JM
KAZ:KZ KOR:KR LBR:LR LBY:LY MAC:MO MAF:MF MDG:MG MDV:MV MEX:MX MLT:MT MNE:ME MNP:MP
MOZ:MZ MTQ:MQ MYT:YT NIU:NU PAK:PK PCN:PN PLW:PW PNG:PG POL:PL PRK:KP PRT:PT PRY:PY
PYF:PF SEN:SN SGS:GS SLB:SB SLV:SV SPM:PM SRB:RS SUR:SR SVK:SK SVN:SI SWE:SE SWZ:SZ
SYC:SC TCD:TD TKM:TM TUN:TN TUR:TR TUV:TV UKR:UA URY:UY WLF:WF
"""
"""Where the two letters are not the first two of the three."""
BEYOND_THE_STANDARD = {"D": "DE", "RKS": "KS", "EUE": "EU", "UNO": "UN", "UNA": "UN", "UNK": "UN"}
"""Germany as it is written on documents, Kosovo, and organisations that issue their own."""
_TWO_LETTERS = dict(pair.split(":") for pair in IRREGULAR.split()) | BEYOND_THE_STANDARD


def two_letters(state: str) -> str:
    """Return the two letters of a state written in one to three, as in a machine-readable zone."""
    return _TWO_LETTERS.get(state, state[:2])
