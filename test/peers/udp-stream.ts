// A stream as a real Moonlight gets it, for what watches from outside: video, sound and control as UDP, on threads of their names.
//
// serve ADDRESS PORT: sends to whoever pings; SIGUSR1 stops the video alone, SIGUSR2 lets it go on, SIGHUP shows a still picture
// (small pictures at ten a second, as Sunshine does). watch ADDRESS PORT: receives, on the threads VideoRecv and FFDecoder.
import { createSocket, type RemoteInfo } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** 60 pictures a second, thirteen packets each: 8 Mbit/s. */
const pictureEveryMs = 1_000 / 60;
const packetsOfPicture = 13;
const packetBytes = 1_300;
const soundEveryMs = 5;
const soundBytes = 200;
const pingEveryMs = 500;

type Channel = 'video' | 'sound';
interface WorkerOrders {
  readonly role: 'VideoRecv' | 'FFDecoder';
  readonly address: string;
  readonly port: number;
}

function serve(address: string, port: number): void {
  const takers = new Map<Channel, RemoteInfo>();
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => takers.set(bytes.toString() === 'video' ? 'video' : 'sound', from));
  socket.bind(port, address, () => process.stdout.write('ready\n'));
  const send = (channel: Channel, bytes: number): void => {
    const taker = takers.get(channel);
    if (taker) socket.send(Buffer.alloc(bytes), taker.port, taker.address);
  };
  let video: 'moving' | 'still' | 'stopped' = 'moving';
  let pictures = 0;
  let dueMs = performance.now();
  setInterval(() => {
    for (; dueMs < performance.now(); dueMs += pictureEveryMs) {
      pictures += 1;
      if (video === 'moving') for (let packet = 0; packet < packetsOfPicture; packet += 1) send('video', packetBytes);
      else if (video === 'still' && pictures % 6 === 0) for (let packet = 0; packet < 3; packet += 1) send('video', soundBytes);
    }
  }, pictureEveryMs / 2);
  setInterval(() => send('sound', soundBytes), soundEveryMs);
  process.on('SIGUSR1', () => (video = 'stopped'));
  process.on('SIGUSR2', () => (video = 'moving'));
  process.on('SIGHUP', () => (video = 'still'));
}

function watch(address: string, port: number): void {
  const script = process.argv[1] ?? '';
  const start = (role: WorkerOrders['role']): Worker => new Worker(script, { workerData: { role, address, port } satisfies WorkerOrders });
  const decoder = start('FFDecoder');
  const receiver = start('VideoRecv');
  receiver.on('message', () => decoder.postMessage('picture'));
  const sound = createSocket('udp4');
  setInterval(() => sound.send('sound', port, address), pingEveryMs);
  // One that nobody reads from is not drained.
  sound.on('message', () => undefined);
}

function work({ role, address, port }: WorkerOrders): void {
  writeFileSync('/proc/thread-self/comm', role);
  if (role === 'FFDecoder') {
    parentPort?.on('message', () => {
      const untilMs = performance.now() + 1;
      while (performance.now() < untilMs);
    });
    return;
  }
  const video = createSocket('udp4');
  let packets = 0;
  let first = true;
  video.on('message', (bytes) => {
    if (first) process.stdout.write('streaming\n');
    first = false;
    packets += 1;
    if (bytes.length < packetBytes || packets % packetsOfPicture === 0) parentPort?.postMessage('picture');
  });
  setInterval(() => video.send('video', port, address), pingEveryMs);
}

if (!isMainThread) work(workerData as WorkerOrders);
else {
  const [role, address = '', port] = process.argv.slice(2);
  (role === 'serve' ? serve : watch)(address, Number(port));
}
