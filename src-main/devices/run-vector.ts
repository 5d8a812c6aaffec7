import type { DeviceEvent } from "./device-event.ts";
import { drivers } from "./drivers/index.ts";
import { ManualClock } from "./manual-clock.ts";
import { makeMemoryLine } from "./transport/memory-line.ts";
import { deviceVector, type DeviceVector } from "./vector.ts";

export type VectorRun = {
  readonly events: readonly DeviceEvent[];
  /** What the driver wrote, one entry a write, in upper case hexadecimal. */
  readonly writes: readonly string[];
};

/**
 * Plays a recording to the driver of its family, over a memory line and a clock of its own: hours pass in no time.
 *
 * @throws when no driver speaks the family, the vector is not one, or it waits for a write that never comes
 */
export async function runVector(vector: DeviceVector, families = drivers): Promise<VectorRun> {
  const { family, config, command, chunks, end, endMs } = deviceVector.parse(vector);
  const makeDriver = families.get(family);
  if (!makeDriver) throw new Error(`no driver speaks ${family}`);

  const clock = new ManualClock();
  const { transport, device } = makeMemoryLine();
  const events: DeviceEvent[] = [];
  const writes: string[] = [];
  let hasWritten = false;
  device.onData((bytes) => {
    writes.push(Buffer.from(bytes).toString("hex").toUpperCase());
    hasWritten = true;
  });
  const driver = makeDriver(config ?? {}, { clock, write: (bytes) => void transport.write(bytes) });
  driver.on((event) => events.push(event));
  transport.onData((bytes) => driver.data(bytes));
  transport.onLost(() => driver.lost());

  await transport.open();
  if (command) driver.start(command);
  for (const chunk of chunks) {
    while (chunk.await && !hasWritten) {
      if (!clock.runNext()) throw new Error("the recording waits for a write, and the driver has none left to make");
    }
    clock.advance(chunk.delayMs);
    hasWritten = false;
    device.write(Buffer.from(chunk.hex, "hex"));
  }
  if (end === "unplug") device.unplug();
  else clock.advance(endMs);
  return { events, writes };
}
