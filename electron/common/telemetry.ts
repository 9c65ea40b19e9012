// What machines tell of themselves once a second: pressure, network card, radio; this machine, hosts and VM hosts alike.
import { z } from 'zod';
import { hostIdSchema } from './ids';

/** `self`: the machine Athena runs on. */
export const telemetrySourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('self') }),
  z.object({ kind: z.literal('host'), hostId: hostIdSchema }),
  z.object({ kind: z.literal('vmhost'), hostId: hostIdSchema }),
]);
export type TelemetrySource = z.infer<typeof telemetrySourceSchema>;

const figure = z.number().finite().optional();

/** Percent, bits a second; drops and errors count since the machine's start, so that only their change tells. Absent: not to be had there. */
export const telemetryFiguresSchema = z.object({
  psiCpu: figure,
  psiIo: figure,
  psiMemory: figure,
  stealPct: figure,
  /** Share of the time in which something was ready to run and did not, in percent. */
  runDelayPct: figure,
  rxBps: figure,
  txBps: figure,
  rxDrops: figure,
  txDrops: figure,
  rxErrors: figure,
  linkUp: z.boolean().optional(),
  linkBps: figure,
  /** How often the link came or went since the machine's start. */
  carrierChanges: figure,
  wifiSignalDbm: figure,
  /** The access point, as its address; a change is a roam. */
  wifiAccessPoint: z.string().max(64).optional(),
  udpRcvErrors: figure,
  qdiscDrops: figure,
  uptimeS: figure,
  /** Seconds until this machine's DHCP lease ends. */
  leaseS: figure,
});
export type TelemetryFigures = z.infer<typeof telemetryFiguresSchema>;
export type TelemetryFigure = Exclude<keyof TelemetryFigures, 'linkUp' | 'wifiAccessPoint'>;

export const telemetryReadingSchema = z.object({
  source: telemetrySourceSchema,
  /** Epoch milliseconds. */
  atMs: z.number(),
  figures: telemetryFiguresSchema,
});
export type TelemetryReading = z.infer<typeof telemetryReadingSchema>;

/** The way from a name to a machine, as it is now; told anew at each change. Null: not known. */
export const addressReadingSchema = z.object({
  hostId: hostIdSchema,
  atMs: z.number(),
  name: z.string().max(253),
  ip: z.string().max(64).nullable(),
  mac: z.string().max(32).nullable(),
  uniqueId: z.string().max(128).nullable(),
  certSha256: z.string().max(128).nullable(),
});
export type AddressReading = z.infer<typeof addressReadingSchema>;
