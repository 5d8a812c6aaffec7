import { procedureOf } from "./acts/act-type.ts";
import { listAuditAct } from "./acts/audit.ts";

export const audit = { list: procedureOf(listAuditAct) };
