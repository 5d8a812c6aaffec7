import { CommandFailure } from "./failure.ts";

/** @throws CommandFailure `PASSWORD_MISSING`; an argument would show the password to every user of this computer */
export function passwordFrom(environment: NodeJS.ProcessEnv): string {
  const password = environment.COUNTERFOIL_PASSWORD;
  if (password) return password;
  throw new CommandFailure({ code: "PASSWORD_MISSING", message: "Put the password into the environment variable COUNTERFOIL_PASSWORD." });
}
