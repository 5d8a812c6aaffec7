import { describe, expect, it } from "vitest";
import type { PortIdentity } from "#shared/domain/devices/configured-device.ts";
import { placeDevices, type PortThere } from "#shared/domain/devices/place-devices.ts";

const ftdi = (serialNumber: string, location: string): PortIdentity => ({
  vendorId: "0403",
  productId: "6001",
  serialNumber,
  pnpId: `usb-FTDI_${serialNumber}-port0`,
  location,
});
/** Cheap adapters have no serial number: two of them differ in nothing but the socket. */
const ch340 = (location: string): PortIdentity => ({
  vendorId: "1a86",
  productId: "7523",
  serialNumber: null,
  pnpId: "usb-1a86_USB_Serial-port0",
  location,
});
const builtIn: PortIdentity = { vendorId: null, productId: null, serialNumber: null, pnpId: null, location: null };

const device = (deviceId: string, path: string, identity: PortIdentity | null) => ({ deviceId, path, identity });
const port = (path: string, identity: PortIdentity): PortThere => ({ path, identity });
const at = (path: string) => ({ kind: "at", path });
const absent = { kind: "absent" };
const unclear = { kind: "unclear" };

const placed = (devices: ReturnType<typeof device>[], ports: PortThere[] | null) => Object.fromEntries(placeDevices(devices, ports));

describe("a device is found", () => {
  it("by its serial number, under another name and in another socket", () => {
    const ports = [port("/dev/ttyUSB0", ftdi("B2", "1-1")), port("/dev/ttyUSB1", ftdi("A1", "1-4"))];
    expect(placed([device("a", "/dev/ttyUSB0", ftdi("A1", "1-2"))], ports)).toEqual({ a: at("/dev/ttyUSB1") });
  });

  it("without a serial number in any socket, as long as it is alone of its kind", () => {
    expect(placed([device("a", "COM3", ch340("1-1"))], [port("COM7", ch340("2-1"))])).toEqual({ a: at("COM7") });
  });

  it("by its name where the port says nothing about itself", () => {
    const ports = [port("/dev/ttyS0", builtIn), port("/dev/ttyS1", builtIn)];
    expect(placed([device("a", "/dev/ttyS1", builtIn)], ports)).toEqual({ a: at("/dev/ttyS1") });
  });

  it("at the path that was typed, which no list shows", () => {
    expect(placed([device("a", "/dev/pts/3", null)], [])).toEqual({ a: at("/dev/pts/3") });
  });

  it("where it was while the system has no list", () => {
    expect(placed([device("a", "COM3", ftdi("A1", "1-2"))], null)).toEqual({ a: at("COM3") });
  });
});

describe("a device is not taken for another", () => {
  it("that has its old name now", () => {
    expect(placed([device("a", "COM3", ftdi("A1", "1-2"))], [port("COM3", ftdi("B2", "1-2"))])).toEqual({ a: absent });
  });

  it("that is alike and whose own adapter is in its socket", () => {
    const devices = [device("a", "COM3", ch340("1-1")), device("b", "COM4", ch340("1-2"))];
    expect(placed(devices, [port("COM3", ch340("1-2"))])).toEqual({ a: absent, b: at("COM3") });
    expect(placed(devices, [port("COM9", ch340("1-2")), port("COM8", ch340("1-1"))])).toEqual({ a: at("COM8"), b: at("COM9") });
  });

  it("that is alike, when both were moved: a person is asked", () => {
    const devices = [device("a", "COM3", ch340("1-1")), device("b", "COM4", ch340("1-2"))];
    expect(placed(devices, [port("COM3", ch340("2-1")), port("COM4", ch340("2-2"))])).toEqual({ a: unclear, b: unclear });
    expect(placed(devices, [port("COM3", ch340("2-1"))])).toEqual({ a: unclear, b: unclear });
  });

  it("that is alike and set up nowhere, when its own adapter left its socket", () => {
    const ports = [port("COM3", ch340("2-1")), port("COM4", ch340("2-2"))];
    expect(placed([device("a", "COM3", ch340("1-1"))], ports)).toEqual({ a: unclear });
  });

  it("with the same serial number, as some makers give to all", () => {
    const ports = [port("COM3", ftdi("0001", "1-2")), port("COM4", ftdi("0001", "1-1"))];
    expect(placed([device("a", "COM3", ftdi("0001", "1-1"))], ports)).toEqual({ a: at("COM4") });
  });
});

it("no port is given twice, whatever is set up", () => {
  const devices = [device("a", "COM3", ftdi("A1", "1-1")), device("b", "COM3", ftdi("A1", "1-1")), device("c", "COM3", null)];
  const paths = Object.values(placed(devices, [port("COM3", ftdi("A1", "1-1"))])).filter(({ kind }) => kind === "at");
  expect(paths).toHaveLength(1);
});
