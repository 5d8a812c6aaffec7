import { useEffect, useLayoutEffect, useRef } from "react";
import { commandOf, isTakenFromBrowser, type Command } from "./commands.ts";

export type Handlers = Partial<Record<Command, () => void>>;

/** A dialog stands before a form, a form before the screen, the screen before the shell. */
const layers = ["shell", "screen", "form", "dialog"] as const;
export type Layer = (typeof layers)[number];

type Registration = { readonly layer: Layer; readonly handlers: () => Handlers; readonly isModal: boolean };
const registrations: Registration[] = [];

/**
 * Does what the command's key does: gives it to the foremost part of the screen that knows it. A modal part lets nothing behind it hear, but for
 * the language, which is switchable everywhere.
 */
export function runCommand(command: Command): void {
  for (const layer of layers.toReversed()) {
    for (const registration of registrations.toReversed()) {
      if (registration.layer !== layer) continue;
      const handler = registration.handlers()[command];
      if (handler) return handler();
      if (registration.isModal && command !== "language") return;
    }
  }
}

/** Takes the commands named in `handlers` for as long as the component is shown. */
export function useCommands(layer: Layer, handlers: Handlers, options?: { readonly isModal: boolean }): void {
  const newest = useRef(handlers);
  useLayoutEffect(() => {
    newest.current = handlers;
  });
  const isModal = options?.isModal ?? false;
  // Before the screen is painted: a key pressed the moment it appears is not lost.
  useLayoutEffect(() => {
    const registration: Registration = { layer, handlers: () => newest.current, isModal };
    registrations.push(registration);
    return () => {
      registrations.splice(registrations.indexOf(registration), 1);
    };
  }, [layer, isModal]);
}

/** Listens for the whole page, in the capture phase, so that no field swallows a function key. Called once, by the shell. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = commandOf(event);
      if (isTakenFromBrowser(event)) event.preventDefault();
      if (!command) return;
      event.stopPropagation();
      if (!event.repeat) runCommand(command);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}
