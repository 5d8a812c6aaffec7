import type { FoundPort } from "#shared/contracts/devices.ts";
import type { PortIdentity } from "#shared/domain/devices/configured-device.ts";

type Guess = Pick<FoundPort, "guess" | "title">;

/**
 * What USB numbers are known for: by vendor and product, or by vendor alone. From the usb.ids list and makers' manuals. It is
 * a first guess: an adapter says nothing about what hangs behind it.
 */
const known: readonly (readonly [vendor: string, products: readonly string[] | "any", guess: Guess["guess"], title: string])[] = [
  ["0403", ["6001", "6010", "6011", "6014", "6015"], "adapter", "FTDI"],
  ["1a86", ["7523", "7522", "5523"], "adapter", "CH340"],
  ["067b", "any", "adapter", "Prolific PL2303"],
  ["10c4", ["ea60", "ea70", "ea71"], "adapter", "CP210x"],
  ["04e2", ["1410", "1411", "1412", "1413", "1414"], "adapter", "Exar XR21V141x"],
  ["0483", ["5740"], "virtualPort", "STM32"],
  ["0416", ["5011"], "virtualPort", "Winbond"],
  ["0801", "any", "swipeReader", "MagTek"],
  ["0acd", "any", "swipeReader", "ID TECH"],
  ["11ca", "any", "terminal", "Verifone"],
  ["0b00", "any", "terminal", "Ingenico"],
  ["04b8", ["0202", "0e03"], "printer", "Epson"],
  ["2c7c", "any", "modem", "Quectel"],
  ["12d1", "any", "modem", "Huawei"],
];

/** @param manufacturer what the system's list says of the maker, for a device that no table knows */
export function guessOf({ vendorId, productId, pnpId }: PortIdentity, manufacturer: string | null): Guess {
  if (vendorId === null) return { guess: pnpId === null ? "builtIn" : "unknown", title: manufacturer };
  const found = known.find(([vendor, products]) => vendor === vendorId && (products === "any" || products.includes(productId ?? "")));
  return found ? { guess: found[2], title: found[3] } : { guess: "unknown", title: manufacturer };
}
