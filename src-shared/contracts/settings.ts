import { z } from "zod";
import { idleLockMinutes } from "#shared/domain/settings/idle-lock.ts";
import { atStation } from "./base.ts";

export const idleLock = z.int().min(idleLockMinutes.min).max(idleLockMinutes.max);

/** What is set for this computer alone. It travels nowhere. */
export const settings = {
  /** After how many untouched minutes the counter locks itself; the status tells every screen. */
  setIdleLock: atStation.input(z.strictObject({ minutes: idleLock })).output(z.strictObject({})),
};
