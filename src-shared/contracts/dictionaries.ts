import { z } from "zod";
import { dictionaryEntry } from "#shared/domain/dictionaries/ops.ts";
import { setDictionaryAct } from "./acts/dictionaries.ts";
import { procedureOf } from "./acts/act-type.ts";
import { atStation } from "./base.ts";
import { nothing } from "./common.ts";

export const dictionaries = {
  /** All choices of all kinds as this station knows them, each kind in its order; a screen offers those that are active. */
  entries: atStation.input(nothing).output(z.array(dictionaryEntry)),
  set: procedureOf(setDictionaryAct),
};
