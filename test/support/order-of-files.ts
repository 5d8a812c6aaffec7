import { BaseSequencer, type TestSpecification } from "vitest/node";

const isFirstRun = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith("/test/e2e/first-run.test.ts");

/** Vitest's own order, but for the file that leaves the run its sample: behind the others, a second one would be made. */
export default class OrderOfFiles extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Not `super.sort`, which the linter takes for an array's.
    const sorted = await BaseSequencer.prototype.sort.call(this, files);
    return sorted.toSorted((one, other) => Number(isFirstRun(other)) - Number(isFirstRun(one)));
  }
}
