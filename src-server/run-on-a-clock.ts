import type { ReportIncident } from "#server/app/report-incident.ts";

const everyMs = 60 * 1000;

/**
 * Runs the jobs of head office once a minute, one round at a time. A round that fails is reported and tried again: nothing is due only once.
 *
 * @returns ends it, once the round that is under way is over
 */
export function runOnAClock(runJobs: () => Promise<unknown>, reportIncident: ReportIncident): () => Promise<void> {
  let round: Promise<void> | undefined;
  const timer = setInterval(() => {
    round ??= runJobs()
      .then(
        () => undefined,
        (cause: unknown) => void reportIncident("jobs", cause),
      )
      .finally(() => (round = undefined));
  }, everyMs);
  // It keeps no process alive that has nothing else to do.
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}
