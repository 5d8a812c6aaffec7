/** What one may do. A procedure names the permission it needs; main checks it, the screens only draw by it (U-06). */
export const permissions = [
  "station.read",
  "station.update",
  "station.configure",
  "member.read",
  "member.create",
  "member.change",
  "member.review",
  "member.merge",
  "card.issue",
  "card.block",
  "points.award",
  "points.redeem",
  "points.void",
  "points.void_others",
  "points.restore",
  "proposal.read",
  "proposal.decide",
  "stock.read",
  "stock.manage",
  "gift.hand_out_short",
  "hold.settle",
  "shift.close",
  "sync.exchange",
  "device.manage",
  "queue.manage",
  "headOffice.read",
  "headOffice.manage",
  "account.manage",
  "staff_card.manage",
  "rule.publish",
  "dictionary.manage",
  "audit.read",
] as const;
export type Permission = (typeof permissions)[number];

/** How far one sees in lists: the own branch, or the company. Exact look-up at the counter crosses it, masked. */
export type Scope = "branch" | "company";

export const roles = ["clerk", "manager", "administrator"] as const;
export type Role = (typeof roles)[number];

const counter: readonly Permission[] = [
  "station.read",
  "member.read",
  "member.create",
  "member.change",
  "card.issue",
  "points.award",
  "points.redeem",
  "points.void",
  "stock.read",
  "shift.close",
  "sync.exchange",
];

export const roleRights: Readonly<
  Record<Role, { readonly permissions: readonly Permission[]; readonly scope: Scope; readonly offlineDays: number }>
> = {
  clerk: { permissions: counter, scope: "branch", offlineDays: 14 },
  manager: {
    permissions: [
      ...counter,
      "member.review",
      "card.block",
      "points.void_others",
      "points.restore",
      "proposal.read",
      "proposal.decide",
      "stock.manage",
      "gift.hand_out_short",
      "hold.settle",
      "device.manage",
      "station.update",
      "station.configure",
      "staff_card.manage",
      "queue.manage",
    ],
    scope: "branch",
    offlineDays: 7,
  },
  administrator: { permissions: [...permissions], scope: "company", offlineDays: 1 },
};

export type Operator = {
  readonly staffId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  /** Null for head-office staff. */
  readonly branchId: string | null;
  /** The station has been without contact for longer than this role is trusted offline: only the counter's daily bread is left. */
  readonly isRestricted?: boolean;
  /** A supervisor stands beside the operator for one act. */
  readonly loan?: PermissionLoan;
};

/** What a supervisor may lend to the person at the counter, for one act and without signing them out. */
export const lendablePermissions = [
  "card.block",
  "points.void_others",
  "gift.hand_out_short",
  "hold.settle",
] as const satisfies readonly Permission[];
export type LendablePermission = (typeof lendablePermissions)[number];

type PermissionLoan = { readonly permission: LendablePermission; /** Staff id of the supervisor. */ readonly lentBy: string };

const restrictedTo: readonly Permission[] = [
  "station.read",
  "member.read",
  "points.award",
  "points.redeem",
  "sync.exchange",
  "device.manage",
];

/** What a person may do by their own standing. */
export const permissionsOf = (operator: Pick<Operator, "role" | "isRestricted">): readonly Permission[] =>
  roleRights[operator.role].permissions.filter((permission) => !operator.isRestricted || restrictedTo.includes(permission));

export const may = (operator: Operator, permission: Permission): boolean =>
  permissionsOf(operator).includes(permission) || operator.loan?.permission === permission;

/** Who answers for an act beside the operator: the supervisor, where the operator could not have done it alone. */
export const secondFor = (operator: Operator, permission: Permission): string | undefined =>
  operator.loan?.permission === permission && !permissionsOf(operator).includes(permission) ? operator.loan.lentBy : undefined;
