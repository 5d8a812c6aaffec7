import { Fault } from "#main/app/ports/fault.ts";

/** 0 done · 1 the station refused · 2 the command line is wrong · 3 the station could not be opened or reached, or failed. */
export const exitCodes = { done: 0, refused: 1, wrongCommand: 2, failed: 3 } as const;
type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** How a command ends when it does not succeed, in the shape that scripts read. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly data: unknown;
  constructor(exitCode: ExitCode, code: string, message: string, data: unknown = {}) {
    super(message);
    this.name = "CommandFailure";
    this.exitCode = exitCode;
    this.code = code;
    this.data = data;
  }
}

export function toFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof Fault) return new CommandFailure(exitCodes.failed, error.code, error.message, error.data);
  return new CommandFailure(exitCodes.failed, "INTERNAL", error instanceof Error ? error.message : String(error));
}
