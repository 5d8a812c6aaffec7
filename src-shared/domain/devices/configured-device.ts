import { z } from "zod";
import { deviceSetup } from "./device-setup.ts";

/**
 * What stays the same about a port when its name changes: `COM5` moves with the USB socket and `ttyUSB0` with the order of
 * plugging. Nothing of it is known of a port that no list shows.
 */
const portIdentity = z.strictObject({
  /** USB vendor and product in four hexadecimal digits, lower case. */
  vendorId: z.string().nullable(),
  productId: z.string().nullable(),
  serialNumber: z.string().nullable(),
  /** The system's own name of the device. */
  pnpId: z.string().nullable(),
  /** The USB socket: it alone tells two adapters apart that have no serial number. */
  location: z.string().nullable(),
});
export type PortIdentity = z.infer<typeof portIdentity>;

/** A device that somebody set up at this computer. It is nobody else's business, so it is stored here and not exchanged. */
export const configuredDevice = z.strictObject({
  deviceId: z.uuid(),
  /** What people here call it. */
  name: z.string(),
  /** The name that its port had when it was chosen. */
  path: z.string(),
  /** Null for a port that was typed by hand: then the path is all there is. */
  identity: portIdentity.nullable(),
  setup: deviceSetup,
});
export type ConfiguredDevice = z.infer<typeof configuredDevice>;
