import { expect, it } from "vitest";
import { guessOf } from "#main/devices/ports/fingerprints.ts";

const port = { vendorId: null, productId: null, serialNumber: null, pnpId: null, location: null };

it.each([
  ["an adapter chip", { ...port, vendorId: "1a86", productId: "7523" }, { guess: "adapter", title: "CH340" }],
  ["any model of a maker", { ...port, vendorId: "0b00", productId: "0081" }, { guess: "terminal", title: "Ingenico" }],
  [
    "a model that its maker's others say nothing about",
    { ...port, vendorId: "04b8", productId: "ffff" },
    { guess: "unknown", title: "Acme" },
  ],
  ["a maker that no table knows", { ...port, vendorId: "ffff", productId: "0001" }, { guess: "unknown", title: "Acme" }],
  ["a port of the computer itself", port, { guess: "builtIn", title: "Acme" }],
] as const)("what is plugged in is guessed from its numbers: %s", (_name, identity, guess) => {
  expect(guessOf(identity, "Acme")).toEqual(guess);
});
