import { join } from "node:path";
import { z } from "zod";
import { stageVersion, type Audience } from "#server/app/releases/staging.ts";
import { addRelease, type AddRefusal } from "#server/releases/add-release.ts";
import { isChannel, listReleases, readStages, writeStages } from "#server/releases/release-folder.ts";
import { command, needed, optional } from "./command.ts";
import { CommandFailure, exitCode, wrongCommand } from "./failure.ts";

const usualChannel = "stable";
const place = { updates: optional, channel: optional };
type Place = { readonly updates: string | undefined; readonly channel: string | undefined };

/** Where releases lie unless a command names another folder. */
export const updatesFolder = (dataDir: string, given: string | undefined): string => given ?? join(dataDir, "updates");

function placeOf({ updates, channel = usualChannel }: Place, dataDir: string): { readonly folder: string; readonly channel: string } {
  if (!isChannel(channel)) throw wrongCommand(`--channel ${channel} is not the name of a channel: small letters, digits and hyphens.`);
  return { folder: updatesFolder(dataDir, updates), channel };
}

export const updatesAdd = command({
  usage: "hq updates add --from DIR [--channel stable] [--updates DIR] [--data DIR] [--json]   (what npm run dist -- --sign wrote)",
  options: { from: needed, ...place },
  run: async ({ options }, program) => {
    const { folder, channel } = placeOf(options, program.dataDir);
    const added = await addRelease(options.from, folder, channel);
    if (!added.ok) throw refused(added.error);
    program.print(
      { version: added.value, channel },
      `${added.value} lies ready and is staged for nobody yet: hq updates stage --version ${added.value} --to …`,
    );
    return exitCode.done;
  },
});

export const updatesStage = command({
  usage: "hq updates stage --version V --to everybody|nobody|A,B|25% [--channel stable] [--updates DIR] [--data DIR] [--json]",
  options: { version: needed, to: needed, ...place },
  run: async ({ options: { version, to, ...rest } }, program) => {
    const { folder, channel } = placeOf(rest, program.dataDir);
    const audience = audienceOf(to);
    if (!(await listReleases(folder, channel)).includes(version))
      throw new CommandFailure({
        code: "RELEASE_NOT_FOUND",
        message: `There is no release ${version} in ${channel}: add it first.`,
        data: { version },
      });
    const staged = stageVersion(await readStages(folder, channel), version, audience);
    await writeStages(folder, channel, staged);
    program.print({ channel, stages: staged }, `${version} is for ${to}.`);
    return exitCode.done;
  },
});

export const updatesList = command({
  usage: "hq updates list [--channel stable] [--updates DIR] [--data DIR] [--json]",
  options: place,
  run: async ({ options }, program) => {
    const { folder, channel } = placeOf(options, program.dataDir);
    const [versions, staged] = await Promise.all([listReleases(folder, channel), readStages(folder, channel)]);
    const toWhom = (version: string): Audience | "nobody" => staged.find((each) => each.version === version)?.to ?? "nobody";
    const releases = versions.map((version) => ({ version, to: toWhom(version) }));
    const lines = releases.map(({ version, to }) => `${version}  ${inWords(to)}`);
    program.print({ channel, releases }, lines.length > 0 ? lines.join("\n") : `There are no releases in ${folder}.`);
    return exitCode.done;
  },
});

const branchCodes = z.array(z.string().regex(/^[A-Za-z0-9-]{1,32}$/)).min(1);

/** `everybody`, `nobody`, `25%`, or codes of branches with commas between them. */
function audienceOf(to: string): Audience | "nobody" {
  if (to === "nobody" || to === "everybody") return to;
  const percent = /^(\d{1,2})%$/.exec(to)?.[1];
  if (percent !== undefined && Number(percent) > 0) return { percent: Number(percent) };
  const branches = branchCodes.safeParse(to.split(","));
  if (branches.success) return { branches: branches.data };
  throw wrongCommand(`--to ${to} is neither everybody, nobody, a percentage such as 25%, nor codes of branches such as A,B.`);
}

function inWords(to: Audience | "nobody"): string {
  if (typeof to === "string") return to;
  return "percent" in to ? `${to.percent}% of the branches` : to.branches.join(", ");
}

function refused(refusal: AddRefusal): CommandFailure {
  const { code, ...data } = refusal;
  return new CommandFailure({ code, message: sentenceOf(refusal), data });
}

function sentenceOf(refusal: AddRefusal): string {
  switch (refusal.code) {
    case "RELEASE_INCOMPLETE":
      return `${refusal.missing} is missing: a release is the whole folder that npm run dist wrote.`;
    case "RELEASE_DAMAGED":
      return `${refusal.file} is not what the manifest says: pack the release again.`;
    case "RELEASE_UNSIGNED":
      return `${refusal.manifest} is not signed, and no counter would take it: npm run dist -- --sign KEYFILE.`;
    case "RELEASE_EXISTS":
      return `${refusal.version} is there already, and counters may have fetched it: a change needs the next version.`;
  }
}
