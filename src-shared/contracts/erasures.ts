import { procedureOf } from "./acts/act-type.ts";
import { askErasureAct, eraseAct, listErasuresAct, previewErasureAct, withdrawErasureAct } from "./acts/erasures.ts";

/** Forgetting a person: asked for by one, done by another. */
export const erasures = {
  list: procedureOf(listErasuresAct),
  preview: procedureOf(previewErasureAct),
  ask: procedureOf(askErasureAct),
  withdraw: procedureOf(withdrawErasureAct),
  confirm: procedureOf(eraseAct),
};
