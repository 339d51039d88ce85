/* Two-phase commit as in Models/TwoPhase.swift, for SPIN: N is the number of managers (-DN=7). */
#define ALL ((1 << N) - 1)
#define BIT (1 << _pid)
short working = ALL;
short prepared = 0, committed = 0, aborted = 0, sent = 0, received = 0;
byte decision = 0;

active [N] proctype manager() {
end:
  do
  :: d_step { decision == 0 && (sent & BIT) && !(received & BIT) -> received = received | BIT }
  :: d_step { working & BIT -> working = working & ~BIT; prepared = prepared | BIT; sent = sent | BIT }
  :: d_step { working & BIT -> working = working & ~BIT; aborted = aborted | BIT }
  :: d_step { decision == 1 ->
       working = working & ~BIT; prepared = prepared & ~BIT; aborted = aborted & ~BIT;
       committed = committed | BIT }
  :: d_step { decision == 2 ->
       working = working & ~BIT; prepared = prepared & ~BIT; committed = committed & ~BIT;
       aborted = aborted | BIT }
  od
}

active proctype coordinator() {
end:
  do
  :: d_step { decision == 0 && received == ALL -> decision = 1 }
  :: d_step { decision == 0 -> decision = 2 }
  od
}
