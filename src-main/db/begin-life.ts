import type { BeginLife } from "#main/app/ports/exchange-store.ts";
import { nextOf } from "./append-operation.ts";
import type { Tables, Touched } from "./tables.ts";

/** More members than a station enters between a backup and its loss: their numbers may be taken, and nobody here knows which. */
const serialsPassedOver = 500;

/** @see BeginLife */
export const makeBeginLife =
  (tables: Tables, touched: Touched): BeginLife =>
  (incarnation, { forkedAt, forkedFrom } = {}) => {
    const { identity, ledger, meta } = tables;
    const { forkedFrom: endedFrom, ...self } = identity.require();
    const operations = nextOf(tables).seq - 1;
    const ended = {
      incarnation: self.incarnation,
      operations,
      ...(forkedAt !== undefined && { forkedAt }),
      ...(endedFrom && { forkedFrom: endedFrom }),
    };
    identity.put({ ...self, incarnation, earlierLives: [...self.earlierLives, ended], ...(forkedFrom && { forkedFrom }) });
    ledger.forgetRights();
    meta.put("ackSeq", 0);
    meta.put("memberSerial", meta.int("memberSerial") + serialsPassedOver);
    touched.changedFacts = true;
  };
