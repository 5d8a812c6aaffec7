import { procedureOf } from "../acts/act-type.ts";
import { setDictionaryAct } from "../acts/dictionaries.ts";

export const dictionaries = { set: procedureOf(setDictionaryAct) };
