import { describe, expect, it } from "vitest";
import { defaultSetup } from "#shared/domain/devices/device-setup.ts";
import { fieldsOf } from "../../../../src-renderer/features/devices/setup-fields.ts";

const fieldOf = (setup: Parameters<typeof fieldsOf>[0], id: string) => {
  const field = fieldsOf(setup).find((each) => each.id === id);
  if (!field) throw new Error(`no field ${id}`);
  return field;
};

describe("the settings of a reader in words", () => {
  it("has words for every default, so that a new reader shows what it will do", () => {
    for (const family of ["msr.serial", "rfid.em4100", "msr605"] as const) {
      for (const { id, chosen } of fieldsOf(defaultSetup(family)))
        expect({ id, isNamed: chosen !== undefined }).toEqual({ id, isNamed: true });
    }
  });

  it("changes what was chosen and nothing else", () => {
    const setup = defaultSetup("msr.serial");
    expect(fieldOf(setup, "bits").choose("7e")).toEqual({ ...setup, port: { ...setup.port, dataBits: 7, parity: "even" } });
    expect(fieldOf(setup, "end").choose("lf")).toEqual({ ...setup, reader: { ...setup.reader, terminator: "lf" } });
  });

  it("keeps a value that was set elsewhere and has no words here", () => {
    const base = defaultSetup("msr.serial");
    const setup = { ...base, port: { ...base.port, baudRate: 250_000 } };
    expect(fieldOf(setup, "speed").chosen).toBeUndefined();
    expect(fieldOf(setup, "speed").choose("kept")).toEqual(setup);
  });

  it("comes back to where it was whatever is chosen in between", () => {
    for (const setup of [defaultSetup("rfid.em4100"), defaultSetup("msr605")]) {
      for (const { id, choices, chosen } of fieldsOf(setup)) {
        for (const choice of choices) {
          const changed = fieldOf(setup, id).choose(choice.id);
          expect(fieldOf(changed, id).chosen?.id).toBe(choice.id);
          expect(fieldOf(changed, id).choose(chosen?.id ?? "")).toEqual(setup);
        }
      }
    }
  });
});
