import { sha256 } from "#main/db/sha256.ts";
import { isSignedBy, makeDeviceKey, publicKeyOf, signWith } from "#main/security/device-key.ts";
import { sealKey } from "#main/security/seal-key.ts";
import { enrol, type Signer } from "#main/sync/enrol.ts";
import { makeExchange } from "#main/sync/exchange.ts";
import { systemNetwork } from "#main/sync/http-line.ts";
import { onTestFinished } from "vitest";
import { dataKey, openCounter, quietLog, value } from "#test/support/counter.ts";
import { openFakeHeadOffice } from "#test/support/fake-head-office.ts";

export const signer: Signer = { makeDeviceKey, publicKeyOf, signWith, isSignedBy, sha256 };

/** A counter and a head office of its own, enrolled over the wire; closed with the test. */
export async function openLine() {
  const office = await openFakeHeadOffice();
  onTestFinished(office.close);
  const counter = openCounter();
  const { store, clock, ports } = counter;
  value(
    await enrol(
      { store, random: ports.random, signer, network: systemNetwork, appVersion: "test" },
      { url: office.url, code: office.code },
    ),
  );
  const exchange = makeExchange({
    store,
    clock,
    random: ports.random,
    signer,
    log: quietLog,
    appVersion: "test",
    dataKey,
    sealKey,
    network: systemNetwork,
  });
  /** One whole conversation, as the loop has it. */
  const round = async () => {
    const pushed = await exchange.push();
    return pushed.ok ? exchange.pull(0) : pushed;
  };
  const waiting = () => store.read((view) => view.exchange.waiting().operations);
  return { office, counter, exchange, round, waiting };
}
