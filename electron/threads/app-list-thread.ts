// The body of the app list thread: reads one long list of apps, which would keep the main thread from everything else.
import { parentPort, workerData } from 'node:worker_threads';
import { readAppListAnswer } from '../adapters/gamestream/app-list';
import type { AppListToRead, FromAppListThread } from './app-list-messages';

if (!parentPort) throw new Error('this file runs only as a worker thread');
const { httpStatus, body, place } = workerData as AppListToRead;
const list: FromAppListThread = readAppListAnswer({ httpStatus, body: Buffer.from(body), certificate: null }, place);
parentPort.postMessage(list);
