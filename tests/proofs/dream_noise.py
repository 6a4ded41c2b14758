"""DREAM's integer noise: caps, units, rounding of thresholds and the search of a table, proved by CrossHair.

Tables are of a few thresholds of 64 bits, with every value that they can have. Each proof calls the
reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.noise import cut, nearest, reached

WORD = 2**64
CAP = 2**32


def cut_is_nearest(reading: int, maximum: int, other: int) -> bool:
    """
    pre: -2**53 < reading < 2**53 and 0 < maximum < CAP
    pre: 0 <= other <= maximum
    post: _
    """
    return abs(reading - cut(reading, maximum)) <= abs(reading - other)


def cut_is_nearest_fault(reading: int, maximum: int, other: int) -> bool:
    """
    pre: -2**53 < reading < 2**53 and 0 < maximum < CAP
    pre: 0 <= other <= maximum
    post: _
    """
    # A negative reading is taken for an unsigned one of 64 bits.
    held = cut(reading if reading >= 0 else reading + WORD, maximum)
    return abs(reading - held) <= abs(reading - other)


def cut_bounds_sensitivity(one: int, another: int, maximum: int) -> int:
    """
    pre: -2**53 < one < 2**53 and -2**53 < another < 2**53 and 0 < maximum < CAP
    post: -maximum <= _ <= maximum
    """
    return cut(one, maximum) - cut(another, maximum)


def cut_bounds_sensitivity_fault(one: int, another: int, maximum: int) -> int:
    """
    pre: -2**53 < one < 2**53 and -2**53 < another < 2**53 and 0 < maximum < CAP
    post: -maximum <= _ <= maximum
    """
    # Only what is above the cap is cut.
    return min(one, maximum) - min(another, maximum)


def unit_keeps_sensitivity(one: int, another: int, units: int) -> int:
    """
    pre: -2**53 < one < 2**53 and -2**53 < another < 2**53 and 0 < units < 2**20
    post: -units <= _ <= units
    """
    return cut(one, 32 * units) // 32 - cut(another, 32 * units) // 32


def unit_keeps_sensitivity_fault(one: int, another: int, units: int) -> int:
    """
    pre: -2**53 < one < 2**53 and -2**53 < another < 2**53 and 0 < units < 2**20
    post: -units <= _ <= units
    """
    # The cap is no multiple of the unit and the reading is rounded up.
    return -(-cut(one, 32 * units + 7) // 32) - cut(another, 32 * units + 7) // 32


def search_finds_the_interval(first: int, second: int, third: int, drawn: int) -> bool:
    """
    pre: 0 <= first < second < third < WORD
    pre: 0 <= drawn < WORD
    post: _
    """
    table = (first, second, third)
    found = reached(table, drawn)
    below = found == 0 or table[found - 1] <= drawn
    return below and (found == 3 or drawn < table[found])


def search_finds_the_interval_fault(first: int, second: int, third: int, drawn: int) -> bool:
    """
    pre: 0 <= first < second < third < WORD
    pre: 0 <= drawn < WORD
    post: _
    """
    # Compared by the sign of a 64-bit difference.
    table = (first, second, third)
    found = sum(1 for threshold in table if (drawn - threshold) % WORD < 2**63)
    below = found == 0 or table[found - 1] <= drawn
    return below and (found == 3 or drawn < table[found])


def search_is_monotone(first: int, second: int, drawn: int, later: int) -> bool:
    """
    pre: 0 <= first < second < WORD
    pre: 0 <= drawn <= later < WORD
    post: _
    """
    return reached((first, second), drawn) <= reached((first, second), later) <= 2


def search_is_monotone_fault(first: int, second: int, drawn: int, later: int) -> bool:
    """
    pre: 0 <= first < second < WORD
    pre: 0 <= drawn <= later < WORD
    post: _
    """

    # Thresholds and draws as signed numbers.
    def signed(number: int) -> int:
        return number - WORD if number >= 2**63 else number

    table = (signed(first), signed(second))
    return reached(table, signed(drawn)) <= reached(table, signed(later))


def rounding_is_to_the_nearest(low: int, width: int) -> bool:
    """
    pre: 0 <= low < 2**72 and 0 <= width < 2**6
    post: _
    """
    found = nearest(low, low + width, 8)
    return found is None or all(abs(2 * (found * 256 - end)) <= 256 for end in (low, low + width))


def rounding_is_to_the_nearest_fault(low: int, width: int) -> bool:
    """
    pre: 0 <= low < 2**72 and 0 <= width < 2**6
    post: _
    """
    # Rounded down.
    found = low >> 8
    return all(abs(2 * (found * 256 - end)) <= 256 for end in (low, low + width))
