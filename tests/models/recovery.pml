/* The two rounds of DREAM's recovery (spec/dream.md, DREAM-60 to DREAM-74) against a supplier that asks what it
   likes: any list to any meter for any slot, and cuts any meter's power. Masks are perfect: a sum can be read
   exactly if all masks cancel in it.

   N meters, of which the last C belong to the supplier; M as in the announcement; slots 1 to SLOTS. A list is a
   set of bits. Planted faults: ANSWERS_TWICE, VOLATILE_COUNTER, COUNTS_NO_COLLUDERS, ANY_SLOT, ANY_LENGTH. */
#ifndef N
#define N 4
#endif
#ifndef M
#define M 1
#endif
#ifndef C
#define C 0
#endif
#ifndef SLOTS
#define SLOTS 2
#endif
#define HONEST (N - C)
#define NOBODY 255

byte next[HONEST];                   /* the counter that survives a loss of power: least slot not yet used */
byte in_hand[HONEST];                /* the slot reported last, 0 after a loss of power */
byte told[HONEST];                   /* the list that was answered in it */
byte known[HONEST * (SLOTS + 1)];    /* what the supplier got: the list answered in each slot, or NOBODY */
bool cut;                            /* one loss of power is enough to show what it does */

inline size_of(set, count) {
    count = (set & 1) + ((set >> 1) & 1) + ((set >> 2) & 1) + ((set >> 3) & 1) + ((set >> 4) & 1) + ((set >> 5) & 1)
}

/* Whether the masks cancel in the sum over the honest meters of `view`: each answered a list that holds all
   honest meters outside, and of two inside either both list each other or neither does. */
inline can_read(slot, view, readable) {
    readable = true;
    a = 0;
    do
    :: a < HONEST ->
        if
        :: (view >> a) & 1 ->
            if
            :: known[a * (SLOTS + 1) + slot] == NOBODY -> readable = false
            :: else ->
                b = 0;
                do
                :: b < HONEST ->
                    if
                    :: b == a -> skip
                    :: b != a && !((view >> b) & 1) ->
                        if
                        :: (known[a * (SLOTS + 1) + slot] >> b) & 1 -> skip
                        :: else -> readable = false
                        fi
                    :: else ->
                        if
                        :: known[b * (SLOTS + 1) + slot] == NOBODY -> readable = false
                        :: else ->
                            if
                            :: ((known[a * (SLOTS + 1) + slot] >> b) & 1) != ((known[b * (SLOTS + 1) + slot] >> a) & 1) ->
                                readable = false
                            :: else -> skip
                            fi
                        fi
                    fi;
                    b++
                :: else -> break
                od
            fi
        :: else -> skip
        fi;
        a++
    :: else -> break
    od
}

inline judge(slot) {
    sums = 0;
    v = 1;
    do
    :: v < (1 << HONEST) ->
        can_read(slot, v, ok);
        if
        :: ok ->
            size_of(v, count);
            assert(count >= N - M);
            sums++
        :: else -> skip
        fi;
        v++
    :: else -> break
    od;
    assert(sums <= 1)
}

inline report(i, slot) {
    if
    :: slot >= next[i] -> next[i] = slot + 1; in_hand[i] = slot; told[i] = NOBODY
    :: else -> skip
    fi
}

inline ask(i, slot, list) {
    size_of(list, count);
    if
    :: ((list >> i) & 1) -> skip
#ifdef ANY_LENGTH
    :: !((list >> i) & 1) && count > N - 1 -> skip
#else
#ifdef COUNTS_NO_COLLUDERS
    :: !((list >> i) & 1) && count > M -> skip
#else
    :: !((list >> i) & 1) && count + C > M -> skip
#endif
#endif
    :: else ->
        if
#ifdef ANY_SLOT
        :: next[i] > slot ->
#else
        :: in_hand[i] == slot ->
#endif
#ifdef ANSWERS_TWICE
            answered = true;
#else
            answered = (told[i] == NOBODY || told[i] == list);
#endif
            if
            :: answered ->
                told[i] = list;
                /* A second list in a slot gives dummy keys away: nothing more has to be shown. */
                assert(known[i * (SLOTS + 1) + slot] == NOBODY || known[i * (SLOTS + 1) + slot] == list);
                known[i * (SLOTS + 1) + slot] = list;
                judge(slot)
            :: else -> skip
            fi
        :: else -> skip
        fi
    fi
}

inline cut_power(i) {
    cut = true;
    in_hand[i] = 0;
    told[i] = NOBODY;
#ifdef VOLATILE_COUNTER
    next[i] = 1
#endif
}

inline clear() {
    i = 0; t = 0; s = 0; a = 0; b = 0; v = 0; count = 0; sums = 0; ok = false; answered = false
}

active proctype supplier() {
    byte i, t, s, a, b, v, count, sums;
    bool ok, answered;
    d_step {
        i = 0;
        do
        :: i < HONEST * (SLOTS + 1) -> known[i] = NOBODY; i++
        :: else -> break
        od;
        i = 0;
        do
        :: i < HONEST -> next[i] = 1; told[i] = NOBODY; i++
        :: else -> break
        od;
        i = 0
    }
    do
    :: atomic {
        select(i : 0 .. HONEST - 1);
        select(t : 1 .. SLOTS);
        select(s : 0 .. (1 << N) - 1);
        if
        :: s == 0 -> d_step { report(i, t); clear() }
        :: true -> d_step { ask(i, t, s); clear() }
        :: s == 0 && t == 1 && !cut -> d_step { cut_power(i); clear() }
        fi
       }
    od
}
