import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { StationStatus } from "#shared/contracts/station.ts";
import { useAct } from "../acts/use-act.ts";
import { queries, station } from "../client.ts";
import type { Trouble } from "../refusals/refusal-words.ts";

/** How long the word about an exchange stands, in milliseconds. */
const wordStandsMs = 4_000;

type Exchange = {
  readonly run: () => void;
  readonly trouble: Trouble | undefined;
  /** What came of it, for a moment. */
  readonly word: "workplace.exchanged" | "workplace.exchangeOffline" | undefined;
};

/** Exchanges with head office when the operator asks for it. */
export function useExchange(status: StationStatus | undefined): Exchange {
  const client = useQueryClient();
  const [word, setWord] = useState<Exchange["word"]>();
  const act = useAct(station.sync.exchange, (after) => {
    client.setQueryData(queries.station.status.queryKey(), after);
    // Not by the state of the line: the station may be trying again by the time that it answers.
    const wasHeard = (after.sync.lastContactMs ?? 0) > (status?.sync.lastContactMs ?? 0);
    setWord(wasHeard ? "workplace.exchanged" : "workplace.exchangeOffline");
  });
  useEffect(() => {
    if (word === undefined) return;
    const timer = setTimeout(() => setWord(undefined), wordStandsMs);
    return () => clearTimeout(timer);
  }, [word]);
  return { run: () => act.run({}), trouble: act.trouble, word };
}
