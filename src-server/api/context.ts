import type { AdminService } from "#server/app/head-office.ts";
import type { ReportIncident } from "#server/app/report-incident.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";

/** What every procedure receives beside its input. */
export type ApiContext = {
  readonly admin: AdminService;
  /** Who asks; undefined when nobody signed in. */
  readonly operator: Operator | undefined;
  readonly reportIncident: ReportIncident;
};
