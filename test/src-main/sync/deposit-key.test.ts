import { expect, it } from "vitest";
import { sha256 } from "#main/db/sha256.ts";
import { keyIdOf } from "#shared/domain/recovery/key-id.ts";
import { dataKey } from "#test/support/counter.ts";
import { openLine } from "./open-line.ts";

const ownKeyId = keyIdOf(sha256, dataKey);

/** A counter that has said hello, and what it believes head office keeps. */
async function openInTouch() {
  const line = await openLine();
  const again = async () => {
    line.exchange.forgetSession();
    await line.round();
    await line.exchange.deposit();
  };
  const kept = () => line.counter.store.read((view) => view.exchange.depositedKeyId());
  return { ...line, again, kept };
}

it("gives the key of its data to head office once, sealed, and not again while head office has it", async () => {
  const { office, again, kept } = await openInTouch();
  await again();
  await again();
  expect(office.asked("deposit")).toEqual([{ replica: 7, keyId: ownKeyId, sealed: expect.any(String) }]);
  expect(JSON.stringify(office.requests)).not.toContain(dataKey.toString("base64"));
  expect(kept()).toBe(ownKeyId);
});

it("deposits again at a head office that came back from a backup without the key", async () => {
  const { office, again } = await openInTouch();
  await again();
  office.settings.depositedKeyId = null;
  await again();
  expect(office.asked("deposit")).toHaveLength(2);
});

it("tries again after a lost answer and after a refusal, and knows meanwhile that the key is not there", async () => {
  const { office, again, kept } = await openInTouch();
  office.plant("deposit", { kind: "refuse", status: 400, code: "MALFORMED" });
  await again();
  expect(kept()).toBe("");
  office.plant("deposit", { kind: "loseAnswer" });
  await expect(again()).rejects.toMatchObject({ code: "NO_LINE" });
  expect(kept()).toBe("");
  await again();
  expect(kept()).toBe(ownKeyId);
});

// The attack: somebody in the line puts a key of their own in the place of head office's, to read what is sealed to it.
it("seals nothing to a key that head office has not signed", async () => {
  const { office, again, kept } = await openInTouch();
  office.settings.signsDepositKey = false;
  await again();
  expect(office.asked("deposit")).toEqual([]);
  expect(kept()).toBe("");
});
