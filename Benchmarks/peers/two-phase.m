-- Two-phase commit as in Models/TwoPhase.swift, for Rumur. The number of managers is set by sed.
const N: 7;
type manager: 0 .. N - 1; standing: enum { working, prepared, committed, aborted };
var rm: array [manager] of standing; sent, received: array [manager] of boolean;
var decided: enum { none, commit, abort };

startstate begin
  for i: manager do rm[i] := working; sent[i] := false; received[i] := false; end;
  decided := none;
end;

rule "commit" decided = none & forall i: manager do received[i] end ==> begin decided := commit; end;
rule "abort" decided = none ==> begin decided := abort; end;
ruleset i: manager do
  rule "receive" decided = none & sent[i] ==> begin received[i] := true; end;
  rule "prepare" rm[i] = working ==> begin rm[i] := prepared; sent[i] := true; end;
  rule "choose abort" rm[i] = working ==> begin rm[i] := aborted; end;
  rule "hear commit" decided = commit ==> begin rm[i] := committed; end;
  rule "hear abort" decided = abort ==> begin rm[i] := aborted; end;
end;
invariant "agreement" !(exists i: manager do exists j: manager do rm[i] = committed & rm[j] = aborted end end);
