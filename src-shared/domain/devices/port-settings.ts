import { z } from "zod";

/** How a serial port is opened. Mark and space parity and 1.5 stop bits are left out: Linux refuses them. */
export const portSettings = z.object({
  baudRate: z.int().min(50).max(4_000_000).default(9600),
  dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(["none", "even", "odd"]).default("none"),
  stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
});

/** As stored with a device: what is left out has its default. */
export type PortSettings = z.input<typeof portSettings>;
