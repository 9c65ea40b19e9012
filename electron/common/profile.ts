// How a stream is to look: each value may be set globally, for a host, an entry or a network; the innermost wins.
import { z } from 'zod';
import { entryIdSchema, hostIdSchema } from './ids';
import { toldSchema } from './told';

export const profileSchema = z
  .strictObject({
    widthPx: z.int().min(256).max(16_384),
    heightPx: z.int().min(256).max(16_384),
    fps: z.int().min(10).max(480),
    /** Video bitrate in kbit/s. */
    bitrateKbps: z.int().min(500).max(500_000),
    codec: z.enum(['auto', 'h264', 'hevc', 'av1']),
    decoder: z.enum(['auto', 'software', 'hardware']),
    hdr: z.boolean(),
    yuv444: z.boolean(),
    /** Bytes of a video packet. */
    packetSize: z.int().min(1_024).max(65_535),
    displayMode: z.enum(['fullscreen', 'windowed', 'borderless']),
    audio: z.enum(['stereo', '5.1', '7.1']),
    audioOnHost: z.boolean(),
    vsync: z.boolean(),
    framePacing: z.boolean(),
    /** Ends the app on the host when the stream is ended by the user. */
    quitAfter: z.boolean(),
    optimizeGame: z.boolean(),
    multiController: z.boolean(),
    absoluteMouse: z.boolean(),
    captureSystemKeys: z.enum(['never', 'fullscreen', 'always']),
    performanceOverlay: z.boolean(),
    keepAwake: z.boolean(),
  })
  .partial();

/** Only what is set at one level. */
export type Profile = z.infer<typeof profileSchema>;
export type ProfileKey = keyof Profile;

export const profileLevelSchema = z.enum(['default', 'global', 'host', 'entry', 'network']);
export type ProfileLevel = z.infer<typeof profileLevelSchema>;

/** A value for everything. */
export const profileValuesSchema = profileSchema.required();
export type ProfileValues = z.infer<typeof profileValuesSchema>;

/** Every value, and the level it comes from. */
export const resolvedProfileSchema = z.object({
  values: profileValuesSchema,
  from: z.record(profileSchema.keyof(), profileLevelSchema),
});
export type ResolvedProfile = z.infer<typeof resolvedProfileSchema>;

/** A network that Athena recognises again, by the hardware address of its router. */
export const networkSchema = z.strictObject({
  /** The router's MAC: lower-case pairs joined by colons. */
  id: z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/, 'a hardware address such as 9c:5c:8e:00:11:22'),
  name: z.string().trim().min(1).max(80),
});
export type Network = z.infer<typeof networkSchema>;

/** A network as it is saved, with what is set for it. */
export const networkRecordSchema = networkSchema.extend({ profile: profileSchema.default({}) });
export type NetworkRecord = z.infer<typeof networkRecordSchema>;

/** Where a value is set. */
export const profilePlaceSchema = z.discriminatedUnion('level', [
  z.strictObject({ level: z.literal('global') }),
  z.strictObject({ level: z.literal('host'), hostId: hostIdSchema }),
  z.strictObject({ level: z.literal('entry'), entryId: entryIdSchema }),
  z.strictObject({ level: z.literal('network'), network: networkSchema }),
]);
export type ProfilePlace = z.infer<typeof profilePlaceSchema>;

/** What a stream needs, and what this path and this link can carry; all rates in kbit/s. */
export const streamBudgetSchema = z.object({
  /** What a display cable would need for the picture, blanking included (CVT-RB v2, 24 or 30 bits a pixel). */
  rawLinkKbps: z.number(),
  /** Moonlight's own choice for this mode. */
  defaultKbps: z.number(),
  /** What Athena would set: never above what the profile says. */
  advisedKbps: z.number(),
  /** What the profile's bitrate needs on the wire. */
  wireKbps: z.number(),
  /** What the link carries for a stream; null: not known. */
  usableKbps: z.number().nullable(),
  link: z.object({ speedMbps: z.number(), medium: z.enum(['wired', 'wireless', 'unknown']) }).nullable(),
  fits: z.enum(['yes', 'tight', 'no', 'unknown']),
  notes: z.array(z.object({ kind: z.string(), text: toldSchema })),
});
export type StreamBudgetView = z.infer<typeof streamBudgetSchema>;

/** Everything the window shows of an entry's profile. */
export const profileViewSchema = z.object({
  /** What is set at each level. */
  levels: z.object({ global: profileSchema, host: profileSchema, entry: profileSchema, network: profileSchema }),
  /** The network this machine is in; null: not recognised, then nothing can be set for it. */
  network: networkSchema.nullable(),
  resolved: resolvedProfileSchema,
  budget: streamBudgetSchema,
});
export type ProfileView = z.infer<typeof profileViewSchema>;
