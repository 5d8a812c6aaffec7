import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { deviceSetup } from "#shared/domain/devices/device-setup.ts";
import { readerLight } from "#main/app/devices/reader-light.ts";
import { cardNumber, openCounter, refusal, value } from "#test/support/counter.ts";
import { makeBench, settle, stripe, usb } from "../../devices/manager/bench.ts";

/** A counter with real device code behind it, on ports that the test plugs in. */
async function openDesk(file?: string) {
  const bench = makeBench([{ deviceId: "given", origin: "commandLine", name: null, path: "/dev/given", setup: stripe() }]);
  const counter = openCounter({ devices: bench.manager, ...(file !== undefined && { file }) });
  await bench.manager.start();
  return { bench, counter };
}
const input = (over: Partial<{ deviceId: string; name: string; path: string; setup: ReturnType<typeof stripe> }> = {}) => ({
  deviceId: uuidv7(),
  name: "front desk",
  path: "/dev/ttyUSB0",
  setup: stripe(),
  ...over,
});

describe("setting a reader up", () => {
  it("opens it and remembers it with what its port is, also for the next run", async () => {
    const { bench, counter } = await openDesk();
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    const device = input();
    expect(value(await counter.addDevice(device))).toMatchObject({
      name: "front desk",
      origin: "station",
      path: "/dev/ttyUSB0",
      state: "ready",
    });
    counter.close();

    const later = openCounter({ file: counter.file });
    expect(later.store.read((view) => view.devices.all())).toEqual([{ ...device, identity: usb("A1") }]);
    expect(later.operations()).toEqual([]);
  });

  it("happens once when the form is sent twice, and not with other contents", async () => {
    const { counter } = await openDesk();
    const device = input();
    const first = value(await counter.addDevice(device));
    expect(value(await counter.addDevice(device)).deviceId).toEqual(first.deviceId);
    expect(refusal(await counter.addDevice({ ...device, name: "back desk" }))).toEqual({ code: "REQUEST_ID_REUSED" });
    expect(counter.store.read((view) => view.devices.all())).toHaveLength(1);
  });

  it("is refused at a port that another reader has, which is named", async () => {
    const { counter } = await openDesk();
    value(await counter.addDevice(input()));
    expect(refusal(await counter.addDevice(input({ name: "second" })))).toEqual({ code: "PORT_TAKEN", name: "front desk" });
  });

  it("at the port that was given at the start takes that reader's place", async () => {
    const { bench, counter } = await openDesk();
    value(await counter.addDevice(input({ path: "/dev/given" })));
    expect(bench.manager.running().map(({ origin, path }) => [origin, path])).toEqual([["station", "/dev/given"]]);
  });
});

it("says at once why the port of a new reader does not open", async () => {
  const { bench, counter } = await openDesk();
  bench.plugIn("/dev/ttyUSB0");
  bench.refusing.set("/dev/ttyUSB0", "PORT_DENIED");
  expect(value(await counter.addDevice(input()))).toMatchObject({ state: "denied", faults: [{ code: "PORT_DENIED", times: 1 }] });
});

describe("changing a reader", () => {
  it("while it is unplugged keeps what its port is", async () => {
    const { bench, counter } = await openDesk();
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    const device = input();
    value(await counter.addDevice(device));
    bench.unplug("/dev/ttyUSB0");
    await bench.after(3_000);
    value(await counter.changeDevice({ ...device, name: "moved", setup: stripe({ port: { baudRate: 1200 } }) }));
    bench.plugIn("/dev/ttyUSB5", usb("A1"));
    await bench.after(3_000);
    expect(bench.view(device.deviceId)).toMatchObject({ name: "moved", state: "ready", path: "/dev/ttyUSB5" });
  });

  it("while it is unplugged does not make it another that has the name of its port by now", async () => {
    const { bench, counter } = await openDesk();
    bench.plugIn("/dev/ttyUSB0", usb("A1"));
    const device = input();
    value(await counter.addDevice(device));
    bench.unplug("/dev/ttyUSB0");
    bench.plugIn("/dev/ttyUSB0", usb("B2"));
    await bench.after(3_000);
    value(await counter.changeDevice({ ...device, name: "moved" }));
    await bench.after(3_000);
    expect(bench.view(device.deviceId)).toMatchObject({ name: "moved", state: "absent" });
  });

  it("by choosing its port among alike ones is what tells them apart from then on", async () => {
    const { bench, counter } = await openDesk();
    bench.plugIn("COM3", usb(null, "1-1"));
    const device = input({ path: "COM3" });
    value(await counter.addDevice(device));
    bench.unplug("COM3");
    bench.plugIn("COM3", usb(null, "2-1"));
    bench.plugIn("COM4", usb(null, "2-2"));
    await bench.after(3_000);
    expect(bench.view(device.deviceId).state).toBe("unclear");
    expect(value(await counter.changeDevice(device))).toMatchObject({ state: "ready", path: "COM3" });
  });

  it("is refused for one that is not there, and for one that was given at the start", async () => {
    const { counter } = await openDesk();
    expect(refusal(await counter.changeDevice(input()))).toEqual({ code: "DEVICE_NOT_FOUND" });
    expect(refusal(await counter.changeDevice(input({ deviceId: "given" })))).toEqual({ code: "DEVICE_FIXED" });
    expect(refusal(counter.removeDevice({ deviceId: "given" }))).toEqual({ code: "DEVICE_FIXED" });
  });

  it("by taking it away lets another have the port, and twice is no mistake", async () => {
    const { counter } = await openDesk();
    const device = input();
    value(await counter.addDevice(device));
    expect(value(counter.removeDevice(device))).toEqual({});
    expect(value(counter.removeDevice(device))).toEqual({});
    expect(value(await counter.addDevice(input({ name: "second" }))).name).toBe("second");
  });
});

describe("the list", () => {
  it("has the ports that nothing uses yet, and the socket where two are alike", async () => {
    const { bench, counter } = await openDesk();
    bench.plugIn("/dev/ttyUSB0", usb(null, "1-1"));
    bench.plugIn("/dev/ttyUSB1", usb(null, "1-2"));
    bench.plugIn("/dev/ttyUSB2", usb("A1", "1-3"));
    const device = input();
    value(await counter.addDevice(device));
    await settle();
    expect((await counter.listDevices()).ports).toEqual([
      { path: "/dev/ttyUSB0", guess: "adapter", title: "FTDI", socket: "1-1", usedBy: device.deviceId },
      { path: "/dev/ttyUSB1", guess: "adapter", title: "FTDI", socket: "1-2", usedBy: null },
      { path: "/dev/ttyUSB2", guess: "adapter", title: "FTDI", socket: null, usedBy: null },
    ]);
  });

  it("says so where the system has none", async () => {
    const { bench, counter } = await openDesk();
    bench.hasList = false;
    expect((await counter.listDevices()).ports).toBeNull();
  });
});

describe("trying a reader out", () => {
  const opened = async () => {
    const { bench, counter } = await openDesk();
    bench.plugIn("/dev/ttyUSB0");
    const device = input();
    value(await counter.addDevice(device));
    await settle();
    return { bench, counter, device };
  };

  it("says whose card it was by its kind and last digits alone", async () => {
    const { bench, counter, device } = await opened();
    const number = cardNumber(1);
    const tried = counter.testDevice(device);
    await settle();
    bench.say("/dev/ttyUSB0", `%LEE/ANNA?;${number}=2912?\r`);
    const read = value(await tried);
    expect(read).toMatchObject({
      outcome: "ours",
      last4: number.slice(-4),
      tracks: [
        { track: 1, characters: 8 },
        { track: 2, characters: 17 },
      ],
    });
    expect(JSON.stringify(read)).not.toContain(number);
    expect(JSON.stringify(read)).not.toContain("LEE");
  });

  it("says nothing of somebody else's card but its length", async () => {
    const { bench, counter, device } = await opened();
    const tried = counter.testDevice(device);
    await settle();
    bench.say("/dev/ttyUSB0", ";6222021234567890=29121010000?\r");
    expect(value(await tried)).toEqual({ outcome: "foreign", tracks: [{ track: 2, characters: 28 }] });
  });

  it("says why nothing was understood, and what to look at", async () => {
    const { bench, counter, device } = await opened();
    const tried = counter.testDevice(device);
    await settle();
    bench.say("/dev/ttyUSB0", "\u00bb\u00b8\u00b8\u00b8\u00b800001\u00b2\u003f\u008d");
    await bench.after(500);
    expect(value(await tried)).toEqual({ outcome: "failed", cause: "TRUNCATED", hint: "SEVEN_BITS" });
  });

  it("of one that is not there, or not open, is refused", async () => {
    const { counter } = await openDesk();
    expect(refusal(await counter.testDevice({ deviceId: "nobody" }))).toEqual({ code: "DEVICE_NOT_FOUND" });
    expect(refusal(await counter.testDevice({ deviceId: "given" }))).toEqual({ code: "DEVICE_NOT_READY" });
    expect(refusal(counter.traceDevice({ deviceId: "nobody" }))).toEqual({ code: "DEVICE_NOT_FOUND" });
  });
});

it("a setting that nobody knows is refused, and one that is left out has its default", () => {
  expect(deviceSetup.safeParse({ family: "msr.serial", port: { baud: 9600 }, reader: {} }).success).toBe(false);
  expect(deviceSetup.safeParse({ family: "rfid.em4100", port: {}, reader: { terminator: "cr" } }).success).toBe(false);
  expect(deviceSetup.parse({ family: "rfid.em4100", port: {}, reader: {} }).reader).toEqual({ idleMs: 100, presenceMs: 300 });
});

it("the strip's one light is that of the reader which most needs somebody", async () => {
  const { bench } = await openDesk();
  const [well] = bench.manager.running();
  if (!well) throw new Error("no device");
  const ready = { ...well, state: "ready" } as const;
  expect(readerLight([])).toEqual({ state: "none", port: null, hint: null });
  expect(readerLight([ready, { ...ready, path: "COM4", state: "absent" }])).toMatchObject({ state: "absent", port: "COM4" });
  expect(
    readerLight([
      { ...ready, state: "absent" },
      { ...ready, state: "denied" },
    ]).state,
  ).toBe("denied");
  expect(readerLight([ready, { ...ready, path: "COM4", hint: "SEVEN_BITS" }])).toMatchObject({ port: "COM4", hint: "SEVEN_BITS" });
});
