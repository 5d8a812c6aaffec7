/** Work that many ask for and that is done once for all of them, when what runs now has come to its end. */
export function makeSoon(work: () => void): { readonly ask: () => void; readonly stop: () => void } {
  let asked: NodeJS.Immediate | undefined;
  let isStopped = false;
  return {
    ask: () => {
      if (isStopped) return;
      asked ??= setImmediate(() => {
        asked = undefined;
        work();
      });
    },
    /** What was asked for and not begun is not done any more. */
    stop: () => {
      isStopped = true;
      clearImmediate(asked);
    },
  };
}
