import type { MakeDriver } from "#main/devices/driver.ts";
import { makeEm4100Driver } from "./em4100.ts";
import { makeMsrRawDriver } from "./msr-raw.ts";
import { makeMsr605Driver } from "./msr605.ts";
import { makeMsrSerialDriver } from "./msr-serial.ts";

/** Every family this program can speak, by the name that is stored with a device and stands in recordings. */
export const drivers: ReadonlyMap<string, MakeDriver> = new Map([
  ["msr.serial", makeMsrSerialDriver],
  ["msr.raw", makeMsrRawDriver],
  ["msr605", makeMsr605Driver],
  ["rfid.em4100", makeEm4100Driver],
]);
