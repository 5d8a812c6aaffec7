/** A file of the repository that cites requirements. */
export type CitingFile = { readonly path: string; readonly text: string };

type Requirement = { readonly id: string; readonly words: string };
type Area = { readonly title: string; readonly requirements: readonly Requirement[] };
type Status = "shown" | "partly" | "begun" | "open";

const id = /\b[A-Z]{1,2}-\d{2}\b/g;
/** A person sees it in a browser, or a program of the command line is run for it. */
const isEndToEnd = (path: string): boolean =>
  path.startsWith("test/e2e/") ||
  path.startsWith("test/programs/") ||
  path.startsWith("test/src-main/shell/") ||
  path.startsWith("test/src-server/cli/");
const isTest = (path: string): boolean => path.startsWith("test/");
/** Where a person meets it: a screen or a command. */
const isFace = (path: string): boolean => path.startsWith("src-renderer/") || path.includes("/cli/");

/**
 * The page that says of each requirement what shows it: a test, and the screen or command where a person meets it.
 *
 * `shown` takes a test end to end, or a test of the rule together with the screen or command that cites it; with a test of the rule alone it is
 * `partly` shown, and with code alone it is `begun`.
 *
 * @param catalogue text of docs/requirements.md
 */
export function requirementsPage(catalogue: string, files: readonly CitingFile[]): string {
  const citing = new Map<string, string[]>();
  for (const { path, text } of files) for (const cited of new Set(text.match(id))) citing.set(cited, [...(citing.get(cited) ?? []), path]);
  const areas = areasOf(catalogue);
  const all = areas.flatMap(({ requirements }) => requirements.map((requirement) => statusOf(citing.get(requirement.id) ?? [])));
  const count = (status: Status): number => all.filter((each) => each === status).length;
  return [
    "# What is shown of the requirements",
    "",
    `Made by \`npm run docs\` from what tests and screens cite of [the catalogue](requirements.md). *shown*: a test end to end, or a test of the rule`,
    "and the screen or command where a person meets it. *partly*: a test of the rule alone. *begun*: code alone.",
    "",
    `${all.length} requirements: ${count("shown")} shown, ${count("partly")} partly, ${count("begun")} begun, ${count("open")} open.`,
    ...areas.flatMap(({ title, requirements }) => [
      "",
      `## ${title}`,
      "",
      "| ID | status | shown by | where |",
      "| --- | --- | --- | --- |",
      ...requirements.map((requirement) => line(requirement.id, citing.get(requirement.id) ?? [])),
    ]),
    "",
  ].join("\n");
}

function areasOf(catalogue: string): readonly Area[] {
  return catalogue
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const [title = "", ...lines] = text.split("\n");
      const requirements = lines.flatMap((row) => {
        const [, cited, words] = /^\| ([A-Z]{1,2}-\d{2}) +\| (.*) \|$/.exec(row) ?? [];
        return cited !== undefined && words !== undefined ? [{ id: cited, words }] : [];
      });
      return { title: title.trim(), requirements };
    });
}

function statusOf(paths: readonly string[]): Status {
  if (paths.some(isEndToEnd)) return "shown";
  if (paths.some(isTest)) return paths.some(isFace) ? "shown" : "partly";
  return paths.length > 0 ? "begun" : "open";
}

function line(requirementId: string, paths: readonly string[]): string {
  const listed = (some: readonly string[]): string =>
    some
      .toSorted()
      .map((path) => `\`${path}\``)
      .join("<br>");
  const tests = paths.filter(isTest);
  return `| ${requirementId} | ${statusOf(paths)} | ${listed(tests)} | ${listed(paths.filter((path) => !isTest(path)))} |`;
}
