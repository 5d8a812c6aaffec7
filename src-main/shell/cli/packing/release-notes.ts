/** What is new, as the newest part of the changelog says it to those who stand at the counter; the lines of a paragraph joined again. */
export function newestChanges(changelog: string): string {
  const [, newest = ""] = changelog.split(/^## .*$/m);
  return newest
    .trim()
    .replaceAll(/([^\n])\n[ ]*(?![-\n])/g, "$1 ")
    .replaceAll(/ +\n/g, "\n");
}
