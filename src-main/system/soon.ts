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

/** Work that is done when nobody has asked for a while; each asking puts it off again. It keeps no program alive. */
export function makeWhenQuiet(work: () => void, quietMs: number): { readonly ask: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  return {
    ask: () => {
      clearTimeout(timer);
      if (!isStopped) timer = setTimeout(work, quietMs).unref();
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
