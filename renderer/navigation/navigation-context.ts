// How components reach the focus engine and the command stack.
import { createContext, useContext, useEffect, useRef } from 'react';
import { CommandStack, type Command, type CommandHandler, type CommandOrder } from './command-stack';
import { FeedbackBell } from './feedback';
import { FocusEngine } from './focus-engine';

export interface Navigation {
  readonly engine: FocusEngine;
  readonly commands: CommandStack;
  readonly bell: FeedbackBell;
}

export function createNavigation(): Navigation {
  return { engine: new FocusEngine(), commands: new CommandStack(), bell: new FeedbackBell() };
}

export const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error('no NavigationRoot above this component');
  return navigation;
}

/** Answers a command while mounted; the newest handler is asked first. */
export function useCommand(command: Command, handler: CommandHandler, order: CommandOrder = 'newest-first'): void {
  const { commands } = useNavigation();
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => commands.add(command, () => newest.current(), order), [commands, command, order]);
}
