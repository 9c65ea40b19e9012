// Answers like the REST API of a Proxmox host with one machine, over HTTPS on 127.0.0.1. It is no Proxmox.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SelfSigned } from './self-signed';

export interface ProxmoxMachine {
  status: 'running' | 'stopped';
  qmpstatus: 'running' | 'paused' | 'stopped';
  /** Given instead of the next answers to anything, one each. */
  readonly next: { readonly status: number; readonly body: string }[];
  /** How many looks a task is still running for. */
  taskLooks: number;
  /** How tasks end; "OK": the order is carried out. */
  exitStatus: string;
  /** Holds every answer back. */
  isSilent: boolean;
  /** Method, path and Authorization of each question. */
  readonly asked: { readonly line: string; readonly authorization: string }[];
}

export interface ProxmoxStandIn {
  readonly port: number;
  readonly machine: ProxmoxMachine;
  stop(): Promise<void>;
}

export async function startProxmoxStandIn({ key, cert }: SelfSigned, token: string, port = 0): Promise<ProxmoxStandIn> {
  const machine: ProxmoxMachine = { status: 'running', qmpstatus: 'running', next: [], taskLooks: 1, exitStatus: 'OK', isSilent: false, asked: [] };
  const tasks = new Map<string, number>();
  let count = 0;
  const server = createServer({ key, cert }, (request, response) => {
    machine.asked.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, authorization: request.headers.authorization ?? '' });
    if (machine.isSilent) return;
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const arranged = machine.next.shift();
    const path = decodeURIComponent(request.url ?? '');
    if (arranged) say(arranged.status, arranged.body);
    else if (request.headers.authorization !== `PVEAPIToken=${token}`) say(401, { data: null, message: 'invalid token value!\n' });
    else if (path === '/api2/json/nodes/pve/qemu/101/status/current') {
      say(200, { data: { vmid: 101, status: machine.status, qmpstatus: machine.qmpstatus, uptime: 12 } });
    } else if (request.method === 'POST' && /\/qemu\/101\/status\/(suspend|resume)$/.test(path)) {
      const wanted = path.endsWith('suspend') ? 'paused' : 'running';
      const task = `UPID:pve:0000${(++count).toString(16).padStart(4, '0')}:00A1B2C3:65000000:qm${wanted === 'paused' ? 'suspend' : 'resume'}:101:athena@pve!pause:`;
      tasks.set(task, machine.taskLooks);
      if (machine.exitStatus === 'OK') machine.qmpstatus = wanted;
      say(200, { data: task });
    } else {
      const task = /^\/api2\/json\/nodes\/pve\/tasks\/(UPID:.*)\/status$/.exec(path)?.[1] ?? '';
      const looks = tasks.get(task);
      if (looks === undefined) say(501, { data: null, message: `Method 'GET ${path}' not implemented` });
      else if (looks > 0) {
        tasks.set(task, looks - 1);
        say(200, { data: { upid: task, status: 'running', type: 'qmsuspend' } });
      } else say(200, { data: { upid: task, status: 'stopped', exitstatus: machine.exitStatus } });
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    machine,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
