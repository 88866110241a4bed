"""The multiplicative groups that chips may use for PACE without curves (RFC 5114, 2.1 to 2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from counter.errors import CardUnreadable


@dataclass(frozen=True, slots=True)
class ModpGroup:
    """The numbers modulo a prime p, and in them the subgroup of order q.

    Python's own power is used: the secret numbers live for one opening of one chip.

    Attributes:
        parameter: Its number among the standardised domain parameters (ICAO Doc 9303-11, 9.5.1).
    """

    parameter: int
    p: int
    g: int
    q: int

    @property
    def public_tag(self) -> int:
        """The tag of a public key in the input of the authentication token."""
        return 0x84

    @property
    def order(self) -> int:
        """The order of the subgroup."""
        return self.q

    @property
    def modulus(self) -> int:
        """The prime."""
        return self.p

    def base_times(self, scalar: int) -> int:
        """Return the generator to the power of *scalar*."""
        return pow(self.g, scalar, self.p)

    def times(self, scalar: int, element: int) -> int:
        """Return *element* to the power of *scalar*."""
        return pow(element, scalar, self.p)

    def add(self, one: int, other: int) -> int:
        """Return the product: what a sum is to a curve."""
        return one * other % self.p

    def shared(self, scalar: int, element: int) -> bytes:
        """Return the shared secret, padded to the prime's size."""
        return self.encode(self.times(scalar, element))

    def encode(self, element: int) -> bytes:
        """Return *element*, padded to the prime's size."""
        return element.to_bytes((self.p.bit_length() + 7) // 8, "big")

    def decode(self, data: bytes) -> int:
        """Read an element.

        Raises:
            CardUnreadable: It is not in the subgroup.
        """
        element = int.from_bytes(data, "big")
        if not 1 < element < self.p - 1 or pow(element, self.q, self.p) != 1:
            raise CardUnreadable("not in the group")
        return element

    def from_random(self, number: int) -> int:
        """Return the element that integrated mapping makes of a random number."""
        return pow(number, (self.p - 1) // self.q, self.p)


def _number(digits: str) -> int:
    return int(digits, 16)


MODP_GROUPS = (
    ModpGroup(
        0,
        p=_number(
            "B10B8F96A080E01DDE92DE5EAE5D54EC52C99FBCFB06A3C69A6A9DCA52D23B616073E286"
            "75A23D189838EF1E2EE652C013ECB4AEA906112324975C3CD49B83BFACCBDD7D90C4BD70"
            "98488E9C219A73724EFFD6FAE5644738FAA31A4FF55BCCC0A151AF5F0DC8B4BD45BF37DF"
            "365C1A65E68CFDA76D4DA708DF1FB2BC2E4A4371"
        ),
        g=_number(
            "A4D1CBD5C3FD34126765A442EFB99905F8104DD258AC507FD6406CFF14266D31266FEA1E"
            "5C41564B777E690F5504F213160217B4B01B886A5E91547F9E2749F4D7FBD7D3B9A92EE1"
            "909D0D2263F80A76A6A24C087A091F531DBF0A0169B6A28AD662A4D18E73AFA32D779D59"
            "18D08BC8858F4DCEF97C2A24855E6EEB22B3B2E5"
        ),
        q=0xF518AA8781A8DF278ABA4E7D64B7CB9D49462353,
    ),
    ModpGroup(
        1,
        p=_number(
            "AD107E1E9123A9D0D660FAA79559C51FA20D64E5683B9FD1B54B1597B61D0A75E6FA141D"
            "F95A56DBAF9A3C407BA1DF15EB3D688A309C180E1DE6B85A1274A0A66D3F8152AD6AC212"
            "9037C9EDEFDA4DF8D91E8FEF55B7394B7AD5B7D0B6C12207C9F98D11ED34DBF6C6BA0B2C"
            "8BBC27BE6A00E0A0B9C49708B3BF8A317091883681286130BC8985DB1602E714415D9330"
            "278273C7DE31EFDC7310F7121FD5A07415987D9ADC0A486DCDF93ACC44328387315D75E1"
            "98C641A480CD86A1B9E587E8BE60E69CC928B2B9C52172E413042E9B23F10B0E16E79763"
            "C9B53DCF4BA80A29E3FB73C16B8E75B97EF363E2FFA31F71CF9DE5384E71B81C0AC4DFFE"
            "0C10E64F"
        ),
        g=_number(
            "AC4032EF4F2D9AE39DF30B5C8FFDAC506CDEBE7B89998CAF74866A08CFE4FFE3A6824A4E"
            "10B9A6F0DD921F01A70C4AFAAB739D7700C29F52C57DB17C620A8652BE5E9001A8D66AD7"
            "C17669101999024AF4D027275AC1348BB8A762D0521BC98AE247150422EA1ED409939D54"
            "DA7460CDB5F6C6B250717CBEF180EB34118E98D119529A45D6F834566E3025E316A330EF"
            "BB77A86F0C1AB15B051AE3D428C8F8ACB70A8137150B8EEB10E183EDD19963DDD9E263E4"
            "770589EF6AA21E7F5F2FF381B539CCE3409D13CD566AFBB48D6C019181E1BCFE94B30269"
            "EDFE72FE9B6AA4BD7B5A0F1C71CFFF4C19C418E1F6EC017981BC087F2A7065B384B890D3"
            "191F2BFA"
        ),
        q=0x801C0D34C58D93FE997177101F80535A4738CEBCBF389A99B36371EB,
    ),
    ModpGroup(
        2,
        p=_number(
            "87A8E61DB4B6663CFFBBD19C651959998CEEF608660DD0F25D2CEED4435E3B00E00DF8F1"
            "D61957D4FAF7DF4561B2AA3016C3D91134096FAA3BF4296D830E9A7C209E0C6497517ABD"
            "5A8A9D306BCF67ED91F9E6725B4758C022E0B1EF4275BF7B6C5BFC11D45F9088B941F54E"
            "B1E59BB8BC39A0BF12307F5C4FDB70C581B23F76B63ACAE1CAA6B7902D52526735488A0E"
            "F13C6D9A51BFA4AB3AD8347796524D8EF6A167B5A41825D967E144E5140564251CCACB83"
            "E6B486F6B3CA3F7971506026C0B857F689962856DED4010ABD0BE621C3A3960A54E710C3"
            "75F26375D7014103A4B54330C198AF126116D2276E11715F693877FAD7EF09CADB094AE9"
            "1E1A1597"
        ),
        g=_number(
            "3FB32C9B73134D0B2E77506660EDBD484CA7B18F21EF205407F4793A1A0BA12510DBC150"
            "77BE463FFF4FED4AAC0BB555BE3A6C1B0C6B47B1BC3773BF7E8C6F62901228F8C28CBB18"
            "A55AE31341000A650196F931C77A57F2DDF463E5E9EC144B777DE62AAAB8A8628AC376D2"
            "82D6ED3864E67982428EBC831D14348F6F2F9193B5045AF2767164E1DFC967C1FB3F2E55"
            "A4BD1BFFE83B9C80D052B985D182EA0ADB2A3B7313D3FE14C8484B1E052588B9B7D2BBD2"
            "DF016199ECD06E1557CD0915B3353BBB64E0EC377FD028370DF92B52C7891428CDC67EB6"
            "184B523D1DB246C32F63078490F00EF8D647D148D47954515E2327CFEF98C582664B4C0F"
            "6CC41659"
        ),
        q=0x8CF83642A709A097B447997640129DA299B1A47D1EB3750BA308B0FE64F5FBD3,
    ),
)


def find_group(parameter: int) -> ModpGroup | None:
    """Return the group with this standardised domain parameter number."""
    return next((group for group in MODP_GROUPS if group.parameter == parameter), None)
