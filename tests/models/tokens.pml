/* The store of spent tokens (spec/energy_tokens.md, TOKEN-22 to TOKEN-26): processes of the utility that share one
   store and may be killed at any point, report servers that deliver any message any number of times, a holder
   that answers two challenges with one token.

   CLAIMS messages: claim c spends token c / 2 with nonce c; claims 2 t and 2 t + 1 are two transcripts of token t.
   A process takes a message, looks it up, writes, commits, tells. A kill loses what a process holds and what it has
   not committed; the store keeps what is committed.
   Planted faults: CHECK_THEN_SET (the lock is taken after the look-up), TELL_FIRST (the answer goes out before the
   commit), VOLATILE (the store is lost with its process), RECREDIT (a replay is credited again). */
#ifndef TOKENS
#define TOKENS 1
#endif
#ifndef SERVERS
#define SERVERS 2
#endif
#ifndef KILLS
#define KILLS 1
#endif
#define CLAIMS (2 * TOKENS)
#define NOBODY 255

byte kept[TOKENS];        /* committed: the claim that the token was accepted with, or NOBODY */
byte told[TOKENS];        /* the claim that somebody was told to be accepted */
byte credits[TOKENS];     /* how often the payer was credited, each credit with its receipt */
byte lock = NOBODY;       /* who holds the write lock; the database gives it back when its holder dies */
byte kills;

inline tell(claim) {
    d_step {
        assert(told[claim / 2] == NOBODY || told[claim / 2] == claim);
        told[claim / 2] = claim;
    }
}

proctype server(byte me) {
    byte claim;
    byte found;
    bool holds;
  idle:
    claim = 0; found = NOBODY; holds = false;
    if
    :: true -> claim = 0
    :: CLAIMS > 1 -> claim = 1
#if TOKENS > 1
    :: true -> claim = 2
    :: true -> claim = 3
#endif
    fi;
#ifndef CHECK_THEN_SET
    atomic { lock == NOBODY -> lock = me; holds = true };
#endif
    if
    :: found = kept[claim / 2]
    :: kills < KILLS -> goto killed
    fi;
#ifdef CHECK_THEN_SET
    atomic { lock == NOBODY -> lock = me; holds = true };
#endif
    if
    :: found == NOBODY ->
#ifdef TELL_FIRST
        tell(claim);
#endif
        if
        :: kills < KILLS -> goto killed          /* written, and not committed: rolled back */
        :: atomic { kept[claim / 2] = claim; credits[claim / 2]++ ; lock = NOBODY; holds = false }
        fi;
        if
        :: kills < KILLS -> goto killed          /* committed, and nobody told */
        :: tell(claim)
        fi
    :: found == claim ->                          /* a replay: the receipt again, no credit */
#ifdef RECREDIT
        atomic { credits[claim / 2]++; lock = NOBODY; holds = false };
#else
        atomic { lock = NOBODY; holds = false };
#endif
        tell(claim)
    :: else ->                                    /* a double spending: evidence, no credit */
        atomic { lock = NOBODY; holds = false }
    fi;
    assert(credits[claim / 2] <= 1);
    goto idle;
  killed:
    atomic {
        kills++;
        if
        :: holds -> lock = NOBODY; holds = false
        :: else -> skip
        fi;
#ifdef VOLATILE
        kept[claim / 2] = NOBODY
#endif
    };
    goto idle
}

/* At the end of every step: what was told holds, and no token was credited for two spendings. */
active proctype monitor() {
    byte t;
  end:
    do
    :: atomic {
        t = 0;
        do
        :: t < TOKENS ->
            assert(credits[t] <= 1);
            assert(told[t] == NOBODY || told[t] == kept[t]);
            t++
        :: else -> break
        od;
        t = 0
       }
    od
}

init {
    byte k;
    atomic {
        k = 0;
        do
        :: k < TOKENS -> kept[k] = NOBODY; told[k] = NOBODY; k++
        :: else -> break
        od;
        k = 0;
        do
        :: k < SERVERS -> run server(k); k++
        :: else -> break
        od;
        k = 0
    }
}
