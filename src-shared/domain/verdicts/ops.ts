import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { outcome, verdictIdOf, verdictRecord, type VerdictRecord } from "./verdict.ts";

const data = z.strictObject({
  replica: verdictRecord.shape.replica,
  incarnation: verdictRecord.shape.incarnation,
  /** What was decided about, and all that was judged anew because of it. */
  results: z.array(z.strictObject({ opId: z.uuid(), seq: verdictRecord.shape.seq, outcome, code: z.string().nullable() })).min(1),
});

/**
 * An operation leaves quarantine, or a queue, by an operation of head office that names it and by nothing else. Its own effects are booked under
 * its own id; these only say what became of it.
 */
const declareVerdicts = (type: string) =>
  declareOperation({
    type,
    version: 1,
    writtenBy: "headOffice",
    isMoneyLike: false,
    data,
    personal: z.strictObject({ salt: z.string(), reason: z.string() }),
    entity: ({ replica }) => ({ kind: "station", id: String(replica) }),
    memberId: () => null,
    effects: ({ personal, body: { by, at, d } }) =>
      d.results.map((result) => {
        const { replica, incarnation } = d;
        const reason = personal?.reason ?? null;
        const fields: VerdictRecord = { ...result, replica, incarnation, decidedBy: by, decidedAtMs: at, reason };
        return { kind: "putRecord", record: "verdict", id: verdictIdOf(fields), fields } as const;
      }),
  });

/** Operations were judged again: a person released one from quarantine, or what some waited for has arrived. */
export const entryRelease = declareVerdicts("entry.release");
/** What has come since shows that somebody shall look at what was applied. */
export const entryFlag = declareVerdicts("entry.flag");
/** Operations have no effect, for good. */
export const entryRefuse = declareVerdicts("entry.refuse");
/** Somebody has looked at what is flagged; it stays as it is. */
export const entryNote = declareVerdicts("entry.note");
