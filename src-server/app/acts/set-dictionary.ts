import { newId } from "#server/app/ids.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import type { setDictionaryAct } from "#shared/contracts/acts/dictionaries.ts";
import { entriesOf } from "#shared/domain/dictionaries/kinds.ts";
import { dictionaryEntry, dictionarySet } from "#shared/domain/dictionaries/ops.ts";
import { err, ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";

export const setDictionary: ActHandler<typeof setDictionaryAct> = async ({ ports, tx, by }, { requestId, code, ...asked }) => {
  const entry = { ...asked, code: code ?? newId(ports.machine) };
  const work = await openOwnRecords(ports, tx, { kind: "dictionaryEntry", id: `${entry.kind}/${entry.code}` });
  const set = (await tx.records.ofKind("dictionaryEntry")).map(({ doc }) => dictionaryEntry.parse(doc));
  const entries = entriesOf(entry.kind, set);
  if (code !== null && !entries.some((each) => each.code === code)) return err({ code: "ENTRY_NOT_FOUND" });
  const others = entries.filter((each) => each.code !== entry.code && each.isActive);
  const isNamedAlike = others.some(({ name }) => name["zh-CN"] === entry.name["zh-CN"] || name["en-US"] === entry.name["en-US"]);
  if (entry.isActive && isNamedAlike) return err({ code: "ENTRY_NAME_TAKEN" });
  // A list without a choice would stop the counter that has to choose.
  if (!entry.isActive && others.length === 0) return err({ code: "LAST_ENTRY" });
  await work.own.write(dictionarySet, { opId: requestId, by: by.staffId, d: entry });
  await finishWork(work);
  return ok(entry);
};
