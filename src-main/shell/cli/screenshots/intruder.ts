import { dirname, join } from "node:path";
import { uuidv7 } from "uuidv7";
import { machineCore } from "#main/main.ts";
import { sampleFolder } from "#main/sample/make-sample.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { openCore } from "#main/station-core.ts";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";

const nobody: Operator = { staffId: uuidv7(), userName: "x", displayName: "x", role: "manager", branchId: null };
const silent = () => undefined;

/**
 * Gets around the sign-in of a counter whose program is not running, and awards points by the receipts named: one member each.
 *
 * @param data a sample's folder, which nobody serves now
 */
export async function intrude(data: string, receiptNumbers: readonly string[]): Promise<void> {
  const file = sampleFolder(data).stationFile("A");
  const dataKey = await keyInFile(data).open({ mayCreate: false });
  const core = openCore({
    ...machineCore({ dataKey, log: { info: silent, warn: silent, error: silent } }),
    file,
    makeClock: (lastContactMs) => makeStationClock(machineClocks, lastContactMs),
    mirror: { folder: join(dirname(file), "mirror"), mayMake: true },
  });
  const [rule] = core.counter.listRules();
  const members = core.ports.store.read((view) => view.members.all());
  for (const [i, receiptNumber] of receiptNumbers.entries()) {
    const memberId = members[i]?.memberId ?? "";
    const purchase = { receiptNumber, amountFen: 60_000 };
    const asked = { requestId: uuidv7(), memberId, purchase, ruleId: rule?.ruleId ?? "", ruleVersion: rule?.version ?? 0 };
    const awarded = core.counter.award(asked, nobody);
    if (!awarded.ok) throw new Error(`the intruder was refused: ${awarded.error.code}`);
  }
  await core.close();
}
