import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { queries } from "../client.ts";
import type { Trouble } from "../refusals/refusal-words.ts";
import { troubleOf } from "../refusals/trouble-of.ts";

type Running<Input, Output> = {
  readonly run: (input: Input) => void;
  readonly isBusy: boolean;
  readonly trouble: Trouble | undefined;
  /** Takes the refusal off the screen. */
  readonly forget: () => void;
  readonly mutation: UseMutationResult<Output, unknown, Input>;
};

/**
 * Sends one act to the station. While one is on its way another press does nothing; a refusal stays until the next try.
 *
 * @param call the procedure
 * @param onDone what follows a success
 */
export function useAct<Input, Output>(
  call: (input: Input) => Promise<Output>,
  onDone: (output: Output, input: Input) => void,
): Running<Input, Output> {
  const client = useQueryClient();
  const mutation = useMutation<Output, unknown, Input>({
    mutationFn: call,
    onSuccess: (output, input) => {
      void client.invalidateQueries({ queryKey: queries.points.journal.key() });
      onDone(output, input);
    },
  });
  return {
    run: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    isBusy: mutation.isPending,
    trouble: troubleOf(mutation.error),
    forget: mutation.reset,
    mutation,
  };
}
