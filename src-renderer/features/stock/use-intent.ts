import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { useAct } from "../../app/acts/use-act.ts";

/**
 * One act of a form with an id of its own: sending it again after a broken line is the same act, the next one is another.
 *
 * @param call the procedure, which is given the id beside its input
 */
export function useIntent<Input extends { readonly requestId: string }, Output>(
  call: (input: Input) => Promise<Output>,
  onDone: (output: Output) => void,
) {
  const [requestId, setRequestId] = useState(uuidv7);
  const act = useAct(call, (output) => {
    setRequestId(uuidv7());
    onDone(output);
  });
  return {
    run: (input: Omit<Input, "requestId">): void => {
      // An id that was recorded with other contents is spent.
      const id = act.trouble?.code === "REQUEST_ID_REUSED" ? uuidv7() : requestId;
      setRequestId(id);
      // What was left out of the input is put back; that the two make it whole, the compiler does not see through the generic.
      act.run({ ...input, requestId: id } as Input);
    },
    isBusy: act.isBusy,
    trouble: act.trouble,
    forget: act.forget,
  };
}
