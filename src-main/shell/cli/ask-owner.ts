import { credentialsOf } from "./credentials.ts";
import { openLine } from "./station-line.ts";

/** Asks the counter itself, as whoever is named: for what only it can do, because the key of its data is in the system's safe storage. */
export async function askOwner(dataDir: string, procedure: string, userName: string | undefined): Promise<unknown> {
  const credentials = credentialsOf(userName);
  const line = await openLine(dataDir, [procedure]);
  try {
    if (credentials) await line.ask("session.signIn", credentials);
    return await line.ask(procedure, {});
  } finally {
    await line.close();
  }
}
