"""Headroom of sums and bills, the order of days, and the widths of CBOR heads, by CrossHair.

Each proof calls the reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.billing import check_bill_fits, check_turn
from meter_privacy.reference.errors import Range, Replayed, State
from meter_privacy.reference.messages import argument_width
from meter_privacy.reference.paillier import headroom

TOY = 1009 * 1013
WIDE = 2**521 - 1
MOST = 2**32 - 1


def three_members_fit(maximum_wh: int, first: int, second: int, third: int) -> bool:
    """
    pre: 0 <= maximum_wh <= MOST
    pre: 0 <= first <= maximum_wh and 0 <= second <= maximum_wh and 0 <= third <= maximum_wh
    post: _
    """
    try:
        largest = headroom(TOY, 3, maximum_wh)
    except Range:
        return 6 * maximum_wh >= TOY
    return first + second + third <= largest and 2 * (first + second + third) < TOY


def three_members_fit_fault(maximum_wh: int, first: int, second: int, third: int) -> bool:
    """
    pre: 0 <= maximum_wh <= MOST
    pre: 0 <= first <= maximum_wh and 0 <= second <= maximum_wh and 0 <= third <= maximum_wh
    post: _
    """
    # Room for two members is asked for.
    try:
        headroom(TOY, 2, maximum_wh)
    except Range:
        return True
    return 2 * (first + second + third) < TOY


def fits(n: int, days: int, maximum_wh: int, price_normal: int, price_high: int) -> bool:
    """Whether the reference takes a tariff."""
    try:
        check_bill_fits(n, days, maximum_wh, price_normal, price_high)
    except Range:
        return False
    return True


def bill_of_two_days(maximum_wh: int, normal_1: int, high_1: int, normal_2: int, high_2: int) -> bool:
    """
    pre: 1 <= maximum_wh <= MOST
    pre: normal_1 >= 0 and high_1 >= 0 and normal_1 + high_1 <= maximum_wh
    pre: normal_2 >= 0 and high_2 >= 0 and normal_2 + high_2 <= maximum_wh
    post: _
    """
    bill = 21 * (normal_1 + normal_2) + 34 * (high_1 + high_2)
    return not fits(TOY, 2, maximum_wh, 21, 34) or 0 <= bill < TOY


def bill_of_two_days_fault(maximum_wh: int, normal_1: int, high_1: int, normal_2: int, high_2: int) -> bool:
    """
    pre: 1 <= maximum_wh <= MOST
    pre: normal_1 >= 0 and high_1 >= 0 and normal_1 + high_1 <= maximum_wh
    pre: normal_2 >= 0 and high_2 >= 0 and normal_2 + high_2 <= maximum_wh
    post: _
    """
    # The room of one day is asked for.
    bill = 21 * (normal_1 + normal_2) + 34 * (high_1 + high_2)
    return not fits(TOY, 1, maximum_wh, 21, 34) or 0 <= bill < TOY


def tariff_verdict(price_normal: int, price_high: int) -> bool:
    """
    pre: 0 <= price_normal <= MOST and 0 <= price_high <= MOST
    post: _
    """
    return fits(TOY, 30, 400, price_normal, price_high) == (12000 * price_normal + 12000 * price_high < TOY)


def tariff_verdict_fault(price_normal: int, price_high: int) -> bool:
    """
    pre: 0 <= price_normal <= MOST and 0 <= price_high <= MOST
    post: _
    """
    # A bill of exactly n is let through.
    return fits(TOY, 1, 1, price_normal, price_high) == (price_normal + price_high <= TOY)


def turn(closed: int, day: int) -> int:
    """How many days are closed after a request to close one."""
    try:
        check_turn(closed, day)
    except (Replayed, State):
        return closed
    return day


def days_close_in_order(first: int, second: int, third: int) -> bool:
    """
    pre: 1 <= first <= 31 and 1 <= second <= 31 and 1 <= third <= 31
    post: _
    """
    closed: list[int] = []
    for day in (first, second, third):
        if turn(len(closed), day) > len(closed):
            closed.append(day)
    return closed == [1, 2, 3][: len(closed)]


def days_close_in_order_fault(first: int, second: int, third: int) -> bool:
    """
    pre: 1 <= first <= 31 and 1 <= second <= 31 and 1 <= third <= 31
    post: _
    """
    # Any later day will do.
    closed: list[int] = []
    for day in (first, second, third):
        if day > (closed[-1] if closed else 0):
            closed.append(day)
    return closed == [1, 2, 3][: len(closed)]


def heads_are_shortest(argument: int) -> bool:
    """
    pre: 0 <= argument < 2**64
    post: _
    """
    width = argument_width(argument)
    if width == 0:
        return argument < 24
    holds = argument < {1: 2**8, 2: 2**16, 4: 2**32, 8: 2**64}[width]
    return holds and argument >= {1: 24, 2: 2**8, 4: 2**16, 8: 2**32}[width]


def heads_are_shortest_fault(argument: int) -> bool:
    """
    pre: 0 <= argument < 2**64
    post: _
    """
    # 24 is still put into the first byte.
    width = 0 if argument <= 24 else argument_width(argument)
    return width != 0 or argument < 24
