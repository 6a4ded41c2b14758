"""The integer parts of the batteries chapter, proved by CrossHair for every integer of their ranges."""

from meter_privacy.reference.batteries import feasible_outputs, next_state, output_range
from meter_privacy.reference.errors import Range

MOST = 10**6


def update(capacity: int, state: int, load: int, output: int) -> int:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= MOST and 0 <= output <= MOST
    post: _ == -1 or 0 <= _ <= capacity and _ + load == state + output
    post: (_ == -1) == (not 0 <= state - load + output <= capacity)
    """
    try:
        return next_state(capacity, state, load, output)
    except Range:
        return -1


def update_fault(capacity: int, state: int, load: int, output: int) -> int:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= MOST and 0 <= output <= MOST
    post: _ == -1 or 0 <= _ <= capacity and _ + load == state + output
    """
    return min(capacity, max(0, state - load + output))


def two_slots(capacity: int, state: int, first: int, second: int, y: int, z: int) -> int:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity
    pre: 0 <= first <= MOST and 0 <= second <= MOST and 0 <= y <= MOST and 0 <= z <= MOST
    pre: 0 <= state - first + y <= capacity and 0 <= state - first + y - second + z <= capacity
    post: _ == state - (first + second) + (y + z)
    """
    return next_state(capacity, next_state(capacity, state, first, y), second, z)


def two_slots_fault(capacity: int, state: int, first: int, second: int, y: int, z: int) -> int:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity
    pre: 0 <= first <= MOST and 0 <= second <= MOST and 0 <= y <= MOST and 0 <= z <= MOST
    pre: 0 <= state - first + y <= capacity and 0 <= state - first + y - second + z <= capacity
    post: _ == state - (first + second) + (y + z)
    """
    return min(capacity, state - first + y) - second + min(y, z)


def feasible(capacity: int, state: int, largest: int, load: int, output: int) -> bool:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    pre: 0 <= output <= largest
    post: _ == (0 <= state - load + output <= capacity)
    """
    found = feasible_outputs(capacity, state, largest, load)
    return found["lowest"] <= output <= found["highest"]


def feasible_fault(capacity: int, state: int, largest: int, load: int, output: int) -> bool:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    pre: 0 <= output <= largest
    post: _ == (0 <= state - load + output <= capacity)
    """
    return load - state <= output < min(largest, capacity - state + load)


def passing_on(capacity: int, state: int, largest: int, load: int) -> bool:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    post: _
    """
    lowest, highest = output_range(capacity, state, load, largest)
    return 0 <= lowest <= load <= highest <= largest


def passing_on_fault(capacity: int, state: int, largest: int, load: int) -> bool:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    post: _
    """
    lowest, highest = load - state, min(largest, capacity - state + load)
    return 0 <= lowest <= load <= highest <= largest


def forced(capacity: int, state: int, largest: int, load: int) -> bool:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    pre: largest >= 1
    post: _ == (state == 0 and load == largest or state == capacity and load == 0)
    """
    lowest, highest = output_range(capacity, state, load, largest)
    return lowest == highest


def forced_fault(capacity: int, state: int, largest: int, load: int) -> bool:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    pre: largest >= 1
    post: _ == (state == 0 and load == largest or state == capacity and load == 0)
    """
    return (state == 0 and load == largest) or state == capacity


def forced_output(capacity: int, state: int, largest: int, load: int) -> int:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    post: _ == -1 or _ == load
    """
    lowest, highest = output_range(capacity, state, load, largest)
    return lowest if lowest == highest else -1


def forced_output_fault(capacity: int, state: int, largest: int, load: int) -> int:
    """
    pre: 1 <= capacity <= MOST and 0 <= state <= capacity and 0 <= load <= largest <= MOST
    post: _ == -1 or _ == load
    """
    lowest, highest = output_range(capacity, state, load, largest)
    return highest if lowest == 0 else -1
