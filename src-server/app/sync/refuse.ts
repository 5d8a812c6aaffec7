import type { SyncRefusal } from "#server/app/head-office.ts";
import { err } from "#shared/std/result.ts";

export const refuse = (status: SyncRefusal["status"], code: string, data: SyncRefusal["data"] = {}) => err({ code, status, data });
