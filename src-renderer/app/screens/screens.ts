import { lazy } from "react";
import type { OperatorView } from "#shared/contracts/common.ts";
import type { Screen } from "./screen.ts";

/** Every screen beside the counter, in the order of the menu. Its code is loaded when it is first opened. */
const all = [
  {
    id: "proposals",
    title: "proposals.title",
    permission: "proposal.read",
    component: lazy(() => import("../../features/proposals/proposals-screen.tsx")),
    shortcut: { cap: "Alt P", command: "proposals", words: "shell.key.proposals" },
  },
  {
    id: "requests",
    title: "requests.title",
    permission: "points.void",
    component: lazy(() => import("../../features/requests/requests-screen.tsx")),
  },
  {
    id: "holds",
    title: "holds.title",
    permission: "points.redeem",
    component: lazy(() => import("../../features/holds/holds-screen.tsx")),
  },
  {
    id: "reviews",
    title: "reviews.title",
    permission: "member.review",
    component: lazy(() => import("../../features/reviews/reviews-screen.tsx")),
  },
  {
    id: "shift",
    title: "shift.title",
    permission: "shift.close",
    component: lazy(() => import("../../features/shift/shift-screen.tsx")),
  },
  {
    id: "sync",
    title: "sync.title",
    permission: "sync.exchange",
    component: lazy(() => import("../../features/sync/sync-screen.tsx")),
  },
  {
    id: "rules",
    title: "rules.title",
    permission: "rule.publish",
    component: lazy(() => import("../../features/rules/rules-screen.tsx")),
  },
  {
    id: "dictionaries",
    title: "dictionaries.title",
    permission: "dictionary.manage",
    component: lazy(() => import("../../features/dictionaries/dictionaries-screen.tsx")),
  },
  {
    id: "stations",
    title: "stations.title",
    permission: "headOffice.read",
    component: lazy(() => import("../../features/stations/stations-screen.tsx")),
  },
  {
    id: "queue",
    title: "queue.title",
    permission: "queue.manage",
    component: lazy(() => import("../../features/queue/queue-screen.tsx")),
  },
  {
    id: "people",
    title: "people.title",
    permission: "member.merge",
    component: lazy(() => import("../../features/people/people-screen.tsx")),
  },
  {
    id: "pools",
    title: "pools.title",
    permission: "headOffice.manage",
    component: lazy(() => import("../../features/pools/pools-screen.tsx")),
  },
  {
    id: "officeStock",
    title: "officeStock.title",
    permission: "headOffice.manage",
    component: lazy(() => import("../../features/head-office-stock/head-office-stock-screen.tsx")),
  },
  {
    id: "erasures",
    title: "erasures.title",
    permission: "headOffice.manage",
    component: lazy(() => import("../../features/erasures/erasures-screen.tsx")),
  },
  {
    id: "periods",
    title: "periods.title",
    permission: "headOffice.read",
    component: lazy(() => import("../../features/periods/periods-screen.tsx")),
  },
  {
    id: "recovery",
    title: "recovery.title",
    permission: "headOffice.read",
    component: lazy(() => import("../../features/recovery/recovery-screen.tsx")),
  },
  {
    id: "audit",
    title: "audit.title",
    permission: "audit.read",
    component: lazy(() => import("../../features/audit/audit-screen.tsx")),
  },
  {
    id: "accounts",
    title: "accounts.title",
    permission: "staff_card.manage",
    component: lazy(() => import("../../features/accounts/accounts-screen.tsx")),
  },
  {
    id: "updates",
    title: "updates.title",
    permission: "station.update",
    component: lazy(() => import("../../features/updates/updates-screen.tsx")),
  },
  {
    id: "thisCounter",
    title: "thisCounter.title",
    permission: "station.configure",
    component: lazy(() => import("../../features/this-counter/this-counter-screen.tsx")),
  },
  {
    id: "recoveryKey",
    title: "recoveryKey.title",
    permission: "headOffice.manage",
    component: lazy(() => import("../../features/recovery-key/recovery-key-screen.tsx")),
  },
  {
    id: "devices",
    title: "devices.title",
    permission: "device.manage",
    component: lazy(() => import("../../features/devices/devices-screen.tsx")),
  },
  {
    id: "stock",
    title: "stock.title",
    permission: "stock.read",
    component: lazy(() => import("../../features/stock/stock-screen.tsx")),
  },
  {
    id: "issueRow",
    title: "issueRow.title",
    permission: "card.issue",
    component: lazy(() => import("../../features/issue-row/issue-row-screen.tsx")),
  },
  {
    id: "encodeRow",
    title: "encodeRow.title",
    permission: "card.issue",
    component: lazy(() => import("../../features/encode-row/encode-row-screen.tsx")),
  },
  {
    id: "pin",
    title: "pin.title",
    permission: "station.read",
    component: lazy(() => import("../../features/pin/pin-screen.tsx")),
  },
  {
    id: "password",
    title: "password.title",
    permission: "station.read",
    component: lazy(() => import("../../features/password/password-screen.tsx")),
  },
] as const satisfies readonly Screen[];

export type ScreenId = (typeof all)[number]["id"];
export type KnownScreen = Screen & { readonly id: ScreenId };

/** @returns the screens that this person may open */
export const screensFor = ({ permissions }: OperatorView): readonly KnownScreen[] =>
  all.filter(({ permission }) => permissions.includes(permission));
