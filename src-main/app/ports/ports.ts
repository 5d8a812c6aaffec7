import type { Clock } from "./clock.ts";
import type { Devices } from "./devices.ts";
import type { HeadOfficeLine } from "./head-office.ts";
import type { Logger } from "./logger.ts";
import type { Pins } from "./pins.ts";
import type { Passwords } from "./passwords.ts";
import type { Random } from "./random.ts";
import type { Store } from "./store.ts";
import type { CardHandles } from "#main/app/cards/card-handles.ts";

/** What use cases ask of the world; main.ts hands it in. */
export type Ports = {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly passwords: Passwords;
  readonly pins: Pins;
  readonly headOffice: HeadOfficeLine;
  readonly handles: CardHandles;
  readonly log: Logger;
  readonly devices: Devices;
};
