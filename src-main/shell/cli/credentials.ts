import { usage } from "./options.ts";

/** The password comes by the environment, where other users of this computer do not see it, as they do see arguments. */
export function credentialsOf(userName: string | undefined): { readonly userName: string; readonly password: string } | undefined {
  if (userName === undefined) return undefined;
  const password = process.env.COUNTERFOIL_PASSWORD;
  if (!password) throw usage(`The password of ${userName} is missing: set COUNTERFOIL_PASSWORD.`);
  return { userName, password };
}
