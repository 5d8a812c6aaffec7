import { roleRights, type Operator } from "#shared/domain/staff/roles.ts";
import type { StaffRecord } from "#shared/domain/staff/staff.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** A verifier of nobody's secret: what is not there costs the same time as what is wrong, so that nothing can be fished for. */
export const nobody = "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcmZvaWwtbm9ib2R5$RdescudvJCsgt3ub+b2cK1Jb3ExNQbHGmFWf8Wg0mGk";

/** What an account may do at this moment; a station that nobody was heard at for too long leaves the counter's daily bread. */
export function operatorOf(staff: StaffRecord, at: { readonly nowMs: number; readonly lastContactMs: number | null }): Operator {
  const { staffId, userName, displayName, role, branchId } = staff;
  const isRestricted = at.lastContactMs === null || at.nowMs - at.lastContactMs > roleRights[role].offlineDays * dayMs;
  return { staffId, userName, displayName, role, branchId, ...(isRestricted && { isRestricted }) };
}
