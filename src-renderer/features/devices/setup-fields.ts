import type { DeviceSetup } from "#shared/domain/devices/device-setup.ts";
import type { MessageKey } from "../../app/intl/catalogue.ts";
import type { Values } from "../../app/intl/use-texts.ts";

/** One value of a setting, in words. */
type Choice = { readonly id: string; readonly label: MessageKey; readonly values?: Values; readonly about: MessageKey };

/** A setting of one device as a choice between words. */
export type SetupField = {
  readonly id: string;
  readonly label: MessageKey;
  readonly choices: readonly Choice[];
  /** Undefined where the value was set elsewhere and has no words here; it is kept until another is chosen. */
  readonly chosen: Choice | undefined;
  /** @returns the setup with this choice made */
  readonly choose: (choiceId: string) => DeviceSetup;
};

type Valued<V> = Choice & { readonly value: V };
type Stripe = Extract<DeviceSetup, { family: "msr.serial" }>;
type Encoder = Extract<DeviceSetup, { family: "msr605" }>;
type Tags = Extract<DeviceSetup, { family: "rfid.em4100" }>;

/** The settings of a device that a person may need to change, those of its line first. */
export function fieldsOf(setup: DeviceSetup): readonly SetupField[] {
  return [...lineFields(setup), ...ownFields(setup)];
}

function ownFields(setup: DeviceSetup): readonly SetupField[] {
  switch (setup.family) {
    case "msr.serial":
      return stripeFields(setup);
    case "rfid.em4100":
      return tagFields(setup);
    case "msr605":
      return encoderFields(setup);
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function field<V>(
  id: string,
  label: MessageKey,
  choices: readonly Valued<V>[],
  value: NoInfer<V>,
  put: (value: V) => DeviceSetup,
  unchanged: DeviceSetup,
): SetupField {
  return {
    id,
    label,
    choices,
    chosen: choices.find((choice) => same(choice.value, value)),
    choose: (choiceId) => {
      const choice = choices.find((each) => each.id === choiceId);
      return choice ? put(choice.value) : unchanged;
    },
  };
}

const speeds: readonly Valued<number>[] = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200].map((value) => ({
  id: String(value),
  label: "devices.speed.value",
  values: { value },
  about: value === 9600 ? "devices.speed.usual" : "devices.speed.other",
  value,
}));

type Bits = Pick<DeviceSetup["port"], "dataBits" | "parity">;
const bits: readonly Valued<Bits>[] = [
  { id: "8n", label: "devices.bits.8n", about: "devices.bits.8n.about", value: { dataBits: 8, parity: "none" } },
  { id: "7e", label: "devices.bits.7e", about: "devices.bits.7.about", value: { dataBits: 7, parity: "even" } },
  { id: "7o", label: "devices.bits.7o", about: "devices.bits.7.about", value: { dataBits: 7, parity: "odd" } },
  { id: "8e", label: "devices.bits.8e", about: "devices.bits.8p.about", value: { dataBits: 8, parity: "even" } },
  { id: "8o", label: "devices.bits.8o", about: "devices.bits.8p.about", value: { dataBits: 8, parity: "odd" } },
];

const stops: readonly Valued<1 | 2>[] = [
  { id: "1", label: "devices.stop.1", about: "devices.stop.1.about", value: 1 },
  { id: "2", label: "devices.stop.2", about: "devices.stop.2.about", value: 2 },
];

function lineFields(setup: DeviceSetup): readonly SetupField[] {
  const { port } = setup;
  const { dataBits, parity } = port;
  const put = (change: Partial<DeviceSetup["port"]>): DeviceSetup => ({ ...setup, port: { ...port, ...change } });
  return [
    field("speed", "devices.speed", speeds, port.baudRate, (baudRate) => put({ baudRate }), setup),
    field("bits", "devices.bits", bits, { dataBits, parity }, put, setup),
    field("stop", "devices.stop", stops, port.stopBits, (stopBits) => put({ stopBits }), setup),
  ];
}

type Stripes = Stripe["reader"];
const requiredTracks: readonly Valued<Stripes["requiredTracks"]>[] = [
  { id: "2", label: "devices.track.2", about: "devices.track.2.about", value: [2] },
  { id: "1", label: "devices.track.1", about: "devices.track.other.about", value: [1] },
  { id: "3", label: "devices.track.3", about: "devices.track.other.about", value: [3] },
];
const terminators: readonly Valued<Stripes["terminator"]>[] = [
  { id: "cr", label: "devices.end.cr", about: "devices.end.cr.about", value: "cr" },
  { id: "crlf", label: "devices.end.crlf", about: "devices.end.other.about", value: "crlf" },
  { id: "lf", label: "devices.end.lf", about: "devices.end.other.about", value: "lf" },
  { id: "etx", label: "devices.end.etx", about: "devices.end.other.about", value: "etx" },
  { id: "none", label: "devices.end.none", about: "devices.end.none.about", value: "none" },
];
const layouts: readonly Valued<Stripes["layout"]>[] = [
  { id: "single", label: "devices.layout.single", about: "devices.layout.single.about", value: "single" },
  { id: "per-track", label: "devices.layout.perTrack", about: "devices.layout.perTrack.about", value: "per-track" },
  { id: "uic", label: "devices.layout.uic", about: "devices.layout.uic.about", value: "uic" },
];
const checks: readonly Valued<Stripes["lrc"]>[] = [
  { id: "none", label: "devices.lrc.none", about: "devices.lrc.none.about", value: "none" },
  { id: "after-es", label: "devices.lrc.sent", about: "devices.lrc.sent.about", value: "after-es" },
];
const track3Starts: readonly Valued<string>[] = [
  { id: "plus", label: "devices.track3.plus", about: "devices.track3.plus.about", value: "+!#" },
  { id: "semicolon", label: "devices.track3.semicolon", about: "devices.track3.semicolon.about", value: ";" },
  { id: "percent", label: "devices.track3.percent", about: "devices.track3.percent.about", value: "%&#" },
];

function stripeFields(setup: Stripe): readonly SetupField[] {
  const { reader } = setup;
  const put = (change: Partial<Stripes>): DeviceSetup => ({ ...setup, reader: { ...reader, ...change } });
  return [
    field("track", "devices.track", requiredTracks, reader.requiredTracks, (tracks) => put({ requiredTracks: tracks }), setup),
    field("end", "devices.end", terminators, reader.terminator, (terminator) => put({ terminator }), setup),
    field("layout", "devices.layout", layouts, reader.layout, (layout) => put({ layout }), setup),
    field("lrc", "devices.lrc", checks, reader.lrc, (lrc) => put({ lrc }), setup),
    field("track3", "devices.track3", track3Starts, reader.track3, (track3) => put({ track3 }), setup),
  ];
}

const presences: readonly Valued<number>[] = [
  { id: "300", label: "devices.presence.300", about: "devices.presence.about", value: 300 },
  { id: "600", label: "devices.presence.600", about: "devices.presence.slow.about", value: 600 },
  { id: "1500", label: "devices.presence.1500", about: "devices.presence.slow.about", value: 1500 },
];

function tagFields(setup: Tags): readonly SetupField[] {
  const { reader } = setup;
  const put = (presenceMs: number): DeviceSetup => ({ ...setup, reader: { ...reader, presenceMs } });
  return [field("presence", "devices.presence", presences, reader.presenceMs, put, setup)];
}

const coercivities: readonly Valued<Encoder["reader"]["coercivity"]>[] = [
  { id: "high", label: "devices.coercivity.high", about: "devices.coercivity.high.about", value: "high" },
  { id: "low", label: "devices.coercivity.low", about: "devices.coercivity.low.about", value: "low" },
];

function encoderFields(setup: Encoder): readonly SetupField[] {
  const { reader } = setup;
  const put = (coercivity: Encoder["reader"]["coercivity"]): DeviceSetup => ({ ...setup, reader: { ...reader, coercivity } });
  return [field("coercivity", "devices.coercivity", coercivities, reader.coercivity, put, setup)];
}
