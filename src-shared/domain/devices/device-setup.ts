import { z } from "zod";
import { em4100Settings } from "./em4100-settings.ts";
import { msrSerialSettings } from "./msr-serial-settings.ts";
import { msr605Settings } from "./msr605-settings.ts";
import { portSettings } from "./port-settings.ts";

/**
 * How a device is spoken to: its family, how its port is opened, and what differs from maker to maker. What is left out has
 * its default; what nobody knows is refused, since a misspelt setting would be taken for one that was made.
 */
export const deviceSetup = z.discriminatedUnion("family", [
  z.strictObject({ family: z.literal("msr.serial"), port: portSettings.strict(), reader: msrSerialSettings.strict() }),
  z.strictObject({ family: z.literal("rfid.em4100"), port: portSettings.strict(), reader: em4100Settings.strict() }),
  z.strictObject({ family: z.literal("msr605"), port: portSettings.strict(), reader: msr605Settings.strict() }),
]);
export type DeviceSetup = z.infer<typeof deviceSetup>;
type DeviceFamily = DeviceSetup["family"];

export const deviceFamilies = ["msr.serial", "rfid.em4100", "msr605"] as const satisfies readonly DeviceFamily[];

/** A setup with every default. */
export const defaultSetup = (family: DeviceFamily): DeviceSetup => deviceSetup.parse({ family, port: {}, reader: {} });
