import { procedureOf } from "./acts/act-type.ts";
import { comparePeopleAct, listPeopleAct, mergePeopleAct, previewSplitAct, splitPeopleAct } from "./acts/people.ts";

/** Who joined twice, and is made one member; and two who were taken for one. */
export const people = {
  list: procedureOf(listPeopleAct),
  compare: procedureOf(comparePeopleAct),
  merge: procedureOf(mergePeopleAct),
  previewSplit: procedureOf(previewSplitAct),
  split: procedureOf(splitPeopleAct),
};
