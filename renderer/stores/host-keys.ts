// SSH host keys that wait for a person's word, and asking a host whether it is there.
import { create } from 'zustand';
import type { HostId } from '../../electron/common/ids';
import type { InvokeReply } from '../../electron/common/ipc-contract';
import type { HostKeyQuestion } from '../../electron/common/session';
import { ask, request } from './request';

interface HostKeysState {
  readonly questions: readonly HostKeyQuestion[];
}

export const useHostKeys = create<HostKeysState>()(() => ({ questions: [] }));

export function putQuestion(question: HostKeyQuestion): void {
  useHostKeys.setState(({ questions }) => ({
    questions: [...questions.filter(({ hostId }) => hostId !== question.hostId), question],
  }));
}

export function dropQuestion(hostId: HostId): void {
  useHostKeys.setState(({ questions }) => ({ questions: questions.filter((question) => question.hostId !== hostId) }));
}

export async function trustKey(question: HostKeyQuestion): Promise<void> {
  await request('host:trust-key', question);
}

export async function refuseKey(hostId: HostId): Promise<void> {
  await request('host:refuse-key', { hostId });
}

export type HostCheck = InvokeReply<'host:check'>;

export async function checkHost(hostId: HostId): Promise<HostCheck> {
  return ask('host:check', { hostId });
}
