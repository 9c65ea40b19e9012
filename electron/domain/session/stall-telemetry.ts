// The port through which a stall watch sees the client, its sockets, this machine, and the service of the host.
import type { Protocol } from '../../common/entry';
import type { AskLook, ClientLook, OwnLook, ReceiveCount, SocketLook } from './stall-evidence';

export interface ServicePlace {
  /** Name or number. */
  readonly address: string;
  readonly port: number;
}

export interface TelemetryLook {
  readonly own: OwnLook;
  /** null: not measured on this system, or the client is gone. */
  readonly client: ClientLook | null;
  /** null: the client has none, or they can't be read. */
  readonly sockets: SocketLook | null;
  readonly received: readonly ReceiveCount[];
}

export interface ClientTelemetry {
  /**
   * What is known right now; waits for nothing.
   * @param closely also what costs more is read anew, at every call instead of every other second
   */
  look(closely: boolean): TelemetryLook;
  /** Where the client is connected to by TCP; null: nowhere, or not known. */
  peer(): ServicePlace | null;
  /** Connects once and waits to be greeted as the protocol does; ends an earlier question. Never logs in. */
  ask(place: ServicePlace, protocol: Protocol): void;
  /** Takes a question back: when the network was cut, it never gets there. */
  unask(): void;
  /** How the last question fares; its times are in milliseconds. */
  asked(): AskLook;
  dispose(): void;
}

export interface StallTelemetry {
  /** @param clientPid of the started client; what it starts itself is found */
  open(clientPid: number): ClientTelemetry;
}
